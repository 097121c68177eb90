package dk.telecomx.pbx.authentication;

import dk.telecomx.pbx.error.Failure.KeysUnavailable;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.UnresolvableKeyException;
import org.jspecify.annotations.Nullable;

/**
 * The keys that tokens are verified with, from {@code mp.jwt.verify.publickey} or {@code mp.jwt.verify.publickey.location}.
 *
 * <p>Keys behind a URL are fetched by a clock and never by a request: no token, however many and whatever their {@code kid}, costs a
 * fetch, and no request waits for one.
 */
@Singleton
public class JwksProvider {

    private static final Logger LOG = Logger.getLogger(JwksProvider.class);
    private static final int MAX_BYTES = 1 << 20;

    /** How keys behind a URL are kept. */
    @ConfigMapping(prefix = "pbx.keys")
    public interface Freshness {

        /** How long after a fetch the next one starts; a removed key is known at most this long while the host answers. */
        @WithDefault("30s")
        Duration refresh();

        /** How long after a fetch failed the next one starts. */
        @WithDefault("5s")
        Duration retry();

        /** How long a fetch may take. */
        @WithDefault("5s")
        Duration timeLimit();

        /** How old the last fetched keys may grow while the host does not answer, or with nothing that is a key set. */
        @WithDefault("1h")
        Duration maxAge();
    }

    private record Generation(long number, VerificationKeys keys) {}

    private final String algorithm;
    private final Optional<String> inline;
    private final Optional<String> location;
    private final Freshness freshness;
    private final Vertx vertx;
    private final AtomicReference<@Nullable Generation> current = new AtomicReference<>();
    private volatile long readAt;
    private volatile boolean remote;
    private long timer = -1;
    private boolean stopped;

    @Nullable
    private HttpClient client;

    JwksProvider(
            @ConfigProperty(name = "mp.jwt.verify.publickey.algorithm") String algorithm,
            @ConfigProperty(name = "mp.jwt.verify.publickey") Optional<String> inline,
            @ConfigProperty(name = "mp.jwt.verify.publickey.location") Optional<String> location,
            Freshness freshness,
            Vertx vertx,
            MeterRegistry metrics) {
        this.algorithm = algorithm;
        this.inline = inline.filter(key -> !key.isBlank());
        this.location = location;
        this.freshness = freshness;
        this.vertx = vertx;
        Gauge.builder("pbx.keys.age.seconds", this, JwksProvider::ageInSeconds)
                .description("Time since the keys behind the URL were last fetched, 0 for keys that are not fetched")
                .register(metrics);
    }

    private double ageInSeconds() {
        return remote ? (System.nanoTime() - readAt) / 1e9 : 0;
    }

    /**
     * Which keys are in use: the number changes when they do.
     *
     * @throws KeysUnavailable if the keys were never fetched, or too long ago; fetched keys of which none fits are keys, too
     */
    long generation() {
        return inUse().number();
    }

    /** The key that made this signature. */
    Key select(JsonWebSignature signature) throws UnresolvableKeyException {
        return inUse().keys().select(signature);
    }

    private Generation inUse() {
        Generation generation = current.get();
        if (generation == null || isTooOld()) {
            throw new KeysUnavailable();
        }
        return generation;
    }

    /** Whether there are keys to verify tokens with. */
    public boolean isAvailable() {
        Generation generation = current.get();
        return generation != null && !generation.keys().isEmpty() && !isTooOld();
    }

    void load(@Observes StartupEvent start) {
        if (!VerificationKeys.isSupported(algorithm)) {
            throw new ConfigurationException(
                    "MP_JWT_VERIFY_PUBLICKEY_ALGORITHM: not a supported algorithm: " + algorithm);
        }
        String where = location.orElse("");
        if (inline.isPresent()) {
            accept(inline.get(), "MP_JWT_VERIFY_PUBLICKEY");
        } else if (where.startsWith("http://") || where.startsWith("https://")) {
            readAt = System.nanoTime();
            remote = true;
            HttpClientOptions limits = new HttpClientOptions()
                    .setConnectTimeout((int) freshness.timeLimit().toMillis());
            client = vertx.createHttpClient(limits);
            fetch(client, url(where));
        } else {
            accept(contentOf(where), "MP_JWT_VERIFY_PUBLICKEY_LOCATION");
        }
    }

    private void accept(String content, String setting) {
        VerificationKeys keys;
        try {
            keys = VerificationKeys.parse(content, algorithm);
        } catch (IllegalArgumentException unreadable) {
            throw new ConfigurationException(setting + ": " + unreadable.getMessage());
        }
        if (keys.isEmpty()) {
            throw new ConfigurationException(
                    setting + ": no public key for " + algorithm + " (RSA: at least 2048 bits)");
        }
        replaceWith(keys);
    }

    @PreDestroy
    synchronized void stop() {
        stopped = true;
        vertx.cancelTimer(timer);
        if (client != null) {
            client.close();
        }
    }

    private static URI url(String location) {
        try {
            return URI.create(location);
        } catch (IllegalArgumentException malformed) {
            throw new ConfigurationException("MP_JWT_VERIFY_PUBLICKEY_LOCATION: not a URL: " + location);
        }
    }

    private static String contentOf(String location) {
        try {
            return Files.readString(location.startsWith("file:/") ? Path.of(URI.create(location)) : Path.of(location));
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new ConfigurationException("MP_JWT_VERIFY_PUBLICKEY_LOCATION: cannot read " + location);
        }
    }

    private void fetch(HttpClient client, URI url) {
        get(client, url)
                .map(body -> VerificationKeys.parse(body.toString(StandardCharsets.UTF_8), algorithm))
                .onSuccess(this::replaceWith)
                .onFailure(
                        failure -> LOG.warnf("keys were not fetched from %s: %s", url.getHost(), failure.getMessage()))
                .onComplete(fetched ->
                        fetchAfter(fetched.succeeded() ? freshness.refresh() : freshness.retry(), client, url));
    }

    private synchronized void fetchAfter(Duration pause, HttpClient client, URI url) {
        if (!stopped) {
            timer = vertx.setTimer(pause.toMillis(), due -> fetch(client, url));
        }
    }

    private Future<Buffer> get(HttpClient client, URI url) {
        long timeLimit = freshness.timeLimit().toMillis();
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setAbsoluteURI(url.toString())
                .setTimeout(timeLimit);
        // The options' limit is one of silence; the second one ends an answer that trickles for ever.
        return client.request(options).compose(request -> request.send()
                .compose(JwksProvider::body)
                .timeout(timeLimit, TimeUnit.MILLISECONDS)
                .onFailure(failure -> request.reset()));
    }

    private static Future<Buffer> body(HttpClientResponse response) {
        Promise<Buffer> whole = Promise.promise();
        Buffer body = Buffer.buffer();
        response.exceptionHandler(whole::tryFail);
        if (response.statusCode() != 200) {
            whole.fail("status " + response.statusCode());
            return whole.future();
        }
        response.endHandler(end -> whole.tryComplete(body));
        response.handler(part -> {
            if (body.length() + part.length() > MAX_BYTES) {
                whole.tryFail("more than " + MAX_BYTES + " bytes");
            } else {
                body.appendBuffer(part);
            }
        });
        return whole.future();
    }

    private void replaceWith(VerificationKeys keys) {
        readAt = System.nanoTime();
        Generation old = current.get();
        if (old == null || !old.keys().equals(keys)) {
            long number = old == null ? 1 : old.number() + 1;
            current.set(new Generation(number, keys));
            LOG.logf(
                    keys.isEmpty() ? Logger.Level.WARN : Logger.Level.INFO,
                    "%d keys to verify tokens with, generation %d",
                    keys.size(),
                    number);
        }
    }

    private boolean isTooOld() {
        return remote && System.nanoTime() - readAt > TimeUnit.NANOSECONDS.convert(freshness.maxAge());
    }
}
