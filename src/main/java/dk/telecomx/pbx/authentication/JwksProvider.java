package dk.telecomx.pbx.authentication;

import static java.nio.charset.StandardCharsets.UTF_8;

import dk.telecomx.pbx.error.Failure;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The keys that tokens are verified with. A file and a URL are read on a timer and never during a request: no token, whatever its
 * {@code kid}, costs a read, and no request waits for one.
 */
@Singleton
public class JwksProvider {

    private static final Logger LOG = Logger.getLogger(JwksProvider.class);

    /** Milliseconds from a failure to the next try, at most: soon, as an instance without keys is not ready; not so soon that it burdens the host. */
    private static final long RETRY = 5000;

    private final String algorithm;
    private final Optional<String> inline;
    private final String location;
    private final long refreshMillis;
    private final long maxAgeNanos;
    private final Vertx vertx;
    private final JwksClient client;
    private volatile @Nullable VerificationKeys current;
    private volatile long readAt = System.nanoTime();
    private long timer = -1;
    private boolean stopped;

    JwksProvider(
            @ConfigProperty(name = "mp.jwt.verify.publickey.algorithm") String algorithm,
            @ConfigProperty(name = "mp.jwt.verify.publickey") Optional<String> inline,
            @ConfigProperty(name = "mp.jwt.verify.publickey.location") Optional<String> location,
            @ConfigProperty(name = "pbx.keys.refresh") Duration refresh,
            @ConfigProperty(name = "pbx.keys.max-age") Duration maxAge,
            Vertx vertx,
            MeterRegistry metrics,
            JwksClient client) {
        this.algorithm = algorithm;
        this.inline = inline;
        this.location = location.orElse("");
        this.refreshMillis = refresh.toMillis();
        this.maxAgeNanos = maxAge.toNanos();
        this.vertx = vertx;
        this.client = client;
        Gauge.builder("pbx.keys.age.seconds", this, keys -> keys.ageInNanos() / 1e9)
                .description(
                        "Time since the keys of the file or URL were last read, 0 for keys that are configured as they are")
                .register(metrics);
    }

    private long ageInNanos() {
        return inline.isPresent() ? 0 : System.nanoTime() - readAt;
    }

    /**
     * The keys in use: the same object until they change.
     *
     * @throws Failure {@link Failure#KEYS_UNAVAILABLE} if they were never read, or too long ago; a set without a usable key is no failure
     */
    VerificationKeys inUse() {
        // In this order, as they are written in the other: the age is never that of later keys.
        boolean tooOld = ageInNanos() > maxAgeNanos;
        VerificationKeys keys = current;
        if (keys == null || tooOld) {
            throw Failure.KEYS_UNAVAILABLE;
        }
        return keys;
    }

    /** Why there are no keys to verify tokens with, in words; empty if there are some. */
    public String problem() {
        VerificationKeys keys = current;
        if (keys == null) {
            return "no keys were fetched yet";
        }
        if (ageInNanos() > maxAgeNanos) {
            return "the keys are too old";
        }
        return keys.usable().isEmpty() ? "none of the fetched keys can be used" : "";
    }

    /** Before anything that connects to the database: a wrong key is to be the one thing that is said. */
    void load(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE + 1) StartupEvent start) {
        String setting = inline.isPresent() ? "MP_JWT_VERIFY_PUBLICKEY" : "MP_JWT_VERIFY_PUBLICKEY_LOCATION";
        try {
            if (inline.isPresent()) {
                startWith(inline.get());
            } else if (isUrl()) {
                refresh();
            } else {
                startWith(contentOfFile());
                refreshAfter(refreshMillis);
            }
        } catch (IOException unreadable) {
            throw new ConfigurationException(setting + ": cannot read " + unreadable.getMessage());
        } catch (IllegalArgumentException unusable) {
            throw new ConfigurationException(setting + ": " + unusable.getMessage());
        }
    }

    private void startWith(String content) {
        VerificationKeys keys = VerificationKeys.parse(content, algorithm);
        if (keys.usable().isEmpty()) {
            throw new IllegalArgumentException("no public key for " + algorithm + ", but " + keys.rejected());
        }
        replaceWith(keys);
    }

    private boolean isUrl() {
        return location.startsWith("http://") || location.startsWith("https://");
    }

    private String contentOfFile() throws IOException {
        File file = location.startsWith("file:/") ? new File(URI.create(location)) : new File(location);
        // Unlike those of Files, the exceptions of this one say in words what is wrong with which file.
        try (InputStream content = new FileInputStream(file)) {
            return new String(content.readAllBytes(), UTF_8);
        }
    }

    private void refresh() {
        Future<String> content = isUrl() ? client.fetch(location) : vertx.executeBlocking(this::contentOfFile);
        content.map(text -> VerificationKeys.parse(text, algorithm))
                .onSuccess(this::replaceWith)
                .onFailure(failure -> LOG.warnf("keys were not read from %s: %s", source(), reason(failure)))
                .onComplete(read -> refreshAfter(read.succeeded() ? refreshMillis : Math.min(refreshMillis, RETRY)));
    }

    /** What a log calls it: a URL may have a password in it. */
    private String source() {
        return isUrl() ? URI.create(location).getHost() : location;
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure.getMessage() + (cause == null ? "" : ": " + cause.getMessage());
    }

    private synchronized void refreshAfter(long millis) {
        if (!stopped) {
            timer = vertx.setTimer(millis, due -> refresh());
        }
    }

    private void replaceWith(VerificationKeys keys) {
        if (!keys.equals(current)) {
            current = keys;
            Logger.Level level = keys.usable().isEmpty() ? Logger.Level.WARN : Logger.Level.INFO;
            LOG.logf(level, "%d keys to verify tokens with", keys.usable().size());
        }
        readAt = System.nanoTime();
    }

    @PreDestroy
    synchronized void stop() {
        stopped = true;
        vertx.cancelTimer(timer);
    }
}
