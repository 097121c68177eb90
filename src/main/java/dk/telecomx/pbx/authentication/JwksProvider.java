package dk.telecomx.pbx.authentication;

import dk.telecomx.pbx.authentication.KeySource.KeyFile;
import dk.telecomx.pbx.error.Failure.KeysUnavailable;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.io.IOException;
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
 * <p>A file and a URL are read on a timer and never during a request: no token, however many and whatever their {@code kid}, costs a
 * read, and no request waits for one.
 */
@Singleton
public class JwksProvider {

    private static final Logger LOG = Logger.getLogger(JwksProvider.class);

    /** How long after a failure the next try starts, at the latest. */
    private static final Duration RETRY = Duration.ofSeconds(5);

    /** How keys of a file or behind a URL are kept. */
    @ConfigMapping(prefix = "pbx.keys")
    public interface Freshness {

        /** How long after a read the next one starts; a removed key is known at most this long while the host answers. */
        @WithDefault("30s")
        Duration refresh();

        /** How long a fetch may take. */
        @WithDefault("5s")
        Duration timeLimit();

        /** How old the last keys may grow while they cannot be read, or with nothing that is a key set. */
        @WithDefault("1h")
        Duration maxAge();

        /** The TLS configuration ({@code quarkus.tls.NAME.*}) for the key host, instead of the default one. */
        Optional<String> tlsConfigurationName();

        /** The proxy ({@code quarkus.proxy.NAME.*}) for the key host, instead of the default one. */
        Optional<String> proxyConfigurationName();
    }

    private record Generation(long number, VerificationKeys keys) {}

    private final String algorithm;
    private final Optional<String> inline;
    private final Optional<String> location;
    private final Freshness freshness;
    private final Vertx vertx;
    private final KeySources sources;
    private final AtomicReference<@Nullable Generation> current = new AtomicReference<>();
    private volatile long readAt;
    private volatile boolean refreshed;
    private long timer = -1;
    private boolean stopped;

    JwksProvider(
            @ConfigProperty(name = "mp.jwt.verify.publickey.algorithm") String algorithm,
            @ConfigProperty(name = "mp.jwt.verify.publickey") Optional<String> inline,
            @ConfigProperty(name = "mp.jwt.verify.publickey.location") Optional<String> location,
            Freshness freshness,
            Vertx vertx,
            MeterRegistry metrics,
            KeySources sources) {
        this.algorithm = algorithm;
        this.inline = inline.filter(key -> !key.isBlank());
        this.location = location;
        this.freshness = freshness;
        this.vertx = vertx;
        this.sources = sources;
        Gauge.builder("pbx.keys.age.seconds", this, JwksProvider::ageInSeconds)
                .description(
                        "Time since the keys of the file or URL were last read, 0 for keys that are configured as they are")
                .register(metrics);
    }

    private double ageInSeconds() {
        return refreshed ? (System.nanoTime() - readAt) / 1e9 : 0;
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
        return problem().isEmpty();
    }

    /** Why there are no keys to verify tokens with, in words; empty if there are some. */
    public String problem() {
        Generation generation = current.get();
        if (generation == null) {
            return "no keys were fetched yet";
        }
        return isTooOld()
                ? "the keys are too old"
                : generation.keys().isEmpty() ? "none of the fetched keys can be used" : "";
    }

    /** Before anything that connects to the database: a wrong key is to be the one thing that is said. */
    void load(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE + 1) StartupEvent start) {
        if (inline.isPresent()) {
            accept(inline.get(), "MP_JWT_VERIFY_PUBLICKEY");
            return;
        }
        refreshed = true;
        readAt = System.nanoTime();
        KeySource source = sources.at(location.orElseThrow());
        if (source instanceof KeyFile file) {
            accept(contentOf(file), "MP_JWT_VERIFY_PUBLICKEY_LOCATION");
            refreshAfter(freshness.refresh(), file);
        } else {
            refresh(source);
        }
    }

    private static String contentOf(KeyFile file) {
        try {
            return file.content();
        } catch (IOException unreadable) {
            throw new ConfigurationException(
                    "MP_JWT_VERIFY_PUBLICKEY_LOCATION: cannot read " + file.name() + ": " + unreadable.getMessage());
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
                    setting + ": no public key for " + algorithm + " (RSA: at least 2048 bits), but " + keys.reasons());
        }
        replaceWith(keys);
    }

    @PreDestroy
    synchronized void stop() {
        stopped = true;
        vertx.cancelTimer(timer);
    }

    private void refresh(KeySource source) {
        source.read()
                .map(content -> VerificationKeys.parse(content, algorithm))
                .onSuccess(this::replaceWith)
                .onFailure(failure -> LOG.warnf("keys were not read from %s: %s", source.name(), reason(failure)))
                .onComplete(read -> refreshAfter(read.succeeded() ? freshness.refresh() : retry(), source));
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure.getMessage() + (cause == null ? "" : ": " + cause.getMessage());
    }

    private Duration retry() {
        return freshness.refresh().compareTo(RETRY) < 0 ? freshness.refresh() : RETRY;
    }

    private synchronized void refreshAfter(Duration pause, KeySource source) {
        if (!stopped) {
            timer = vertx.setTimer(pause.toMillis(), due -> refresh(source));
        }
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
        return refreshed && System.nanoTime() - readAt > TimeUnit.NANOSECONDS.convert(freshness.maxAge());
    }
}
