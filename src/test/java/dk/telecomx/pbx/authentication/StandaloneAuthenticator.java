package dk.telecomx.pbx.authentication;

import dk.telecomx.pbx.Await;
import dk.telecomx.pbx.KeyHost;
import dk.telecomx.pbx.TestIssuer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Keys, verifier and cache put together as the service does, with times that a test can wait for. */
final class StandaloneAuthenticator implements AutoCloseable {

    record Freshness(Duration refresh, Duration timeLimit, Duration maxAge) implements JwksProvider.Freshness {
        static final Freshness SHORT =
                new Freshness(Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofMinutes(1));

        @Override
        public Optional<String> tlsConfigurationName() {
            return Optional.empty();
        }

        @Override
        public Optional<String> proxyConfigurationName() {
            return Optional.empty();
        }

        Freshness maxAge(Duration other) {
            return new Freshness(refresh, timeLimit, other);
        }

        Freshness timeLimit(Duration other) {
            return new Freshness(refresh, other, maxAge);
        }

        Freshness refresh(Duration other) {
            return new Freshness(other, timeLimit, maxAge);
        }
    }

    /** How long tokens are cached where a test does not wait for it. */
    static final Duration LONG = Duration.ofMinutes(1);

    static final int CLOCK_SKEW = 1;
    static final String AUDIT_KEY = "0123456789abcdef0123456789abcdef";

    private static final TlsConfigurationRegistry NO_TLS = new TlsConfigurationRegistry() {
        @Override
        public Optional<TlsConfiguration> get(String name) {
            return Optional.empty();
        }

        @Override
        public Optional<TlsConfiguration> getDefault() {
            return Optional.empty();
        }

        @Override
        public void register(String name, TlsConfiguration configuration) {
            throw new UnsupportedOperationException(name);
        }
    };

    private final Vertx vertx;
    private final MeterRegistry metrics = new SimpleMeterRegistry();
    final JwksProvider keys;
    final AtomicInteger verifications = new AtomicInteger();
    private final BearerAuthenticator authenticator;

    private StandaloneAuthenticator(
            Optional<String> inline, Optional<String> location, String algorithm, Freshness freshness, Duration ttl) {
        vertx = Vertx.vertx();
        keys = new JwksProvider(algorithm, inline, location, freshness, vertx, metrics, client(freshness, vertx));
        SubjectHash subjects = new SubjectHash(Optional.of(AUDIT_KEY));
        TokenVerifier verifier =
                new TokenVerifier(
                        keys, subjects, Optional.of(TestIssuer.NAME), Optional.empty(), CLOCK_SKEW, algorithm) {
                    @Override
                    CallerPrincipal verify(String token) {
                        verifications.incrementAndGet();
                        return super.verify(token);
                    }
                };
        authenticator = new BearerAuthenticator(verifier, keys, ttl);
        try {
            keys.load(new StartupEvent());
        } catch (RuntimeException refused) {
            vertx.close();
            throw refused;
        }
    }

    /** Without settings of TLS and of proxies. */
    static JwksClient client(Freshness freshness, Vertx vertx) {
        return new JwksClient(freshness, vertx, NO_TLS, none -> Optional.empty());
    }

    static StandaloneAuthenticator with(String key, String algorithm) {
        return with(key, algorithm, LONG);
    }

    static StandaloneAuthenticator with(String key, String algorithm, Duration ttl) {
        return new StandaloneAuthenticator(Optional.of(key), Optional.empty(), algorithm, Freshness.SHORT, ttl);
    }

    static StandaloneAuthenticator at(String location, String algorithm) {
        return at(location, algorithm, Freshness.SHORT, LONG);
    }

    static StandaloneAuthenticator at(String location, String algorithm, Freshness freshness, Duration ttl) {
        return new StandaloneAuthenticator(Optional.empty(), Optional.of(location), algorithm, freshness, ttl);
    }

    /** As {@link #at}, once the keys were fetched. */
    static StandaloneAuthenticator fetched(KeyHost host, Freshness freshness, Duration ttl) {
        StandaloneAuthenticator access = at(host.url(), "RS256", freshness, ttl);
        await(() -> access.keys.problem().isEmpty());
        return access;
    }

    Caller callerOf(String token) {
        return ((CallerPrincipal) authenticator.parse(token, new JWTAuthContextInfo())).caller();
    }

    /** What is thrown for a token; null if nothing is. */
    @Nullable
    RuntimeException refusalOf(String token) {
        try {
            callerOf(token);
            return null;
        } catch (RuntimeException refusal) {
            return refusal;
        }
    }

    /** Whether it is refused as a token that is none of ours. */
    boolean findsUndecipherable(String token) {
        RuntimeException refusal = refusalOf(token);
        return refusal != null && "Undecipherable".equals(refusal.getMessage());
    }

    boolean accepts(String token) {
        return refusalOf(token) == null;
    }

    double keyAge() {
        return metrics.get("pbx.keys.age.seconds").gauge().value();
    }

    static void await(BooleanSupplier condition) {
        Await.until("it is so", Duration.ofSeconds(20), condition::getAsBoolean);
    }

    @Override
    public void close() {
        keys.stop();
        vertx.close();
    }
}
