package dk.telecomx.pbx.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.telecomx.pbx.error.Failure.CredentialsMalformed;
import dk.telecomx.pbx.error.Failure.CredentialsMissing;
import dk.telecomx.pbx.error.Failure.TokenInvalid;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whose request has which headers, by real tokens. */
class AuthorizationHeaderTest {

    private static final Keys KEYS = Keys.rsa(null);
    private static final Vertx VERTX = Vertx.vertx();
    private static final JwksProvider KEY_SET = new JwksProvider(
            "RS256",
            Optional.of(KEYS.pem()),
            Optional.empty(),
            StandaloneAuthenticator.Freshness.SHORT,
            VERTX,
            new SimpleMeterRegistry(),
            StandaloneAuthenticator.sources(StandaloneAuthenticator.Freshness.SHORT, Vertx.vertx()));

    private final BearerAuthenticator callers = new BearerAuthenticator(new TokenCache(
            new TokenVerifier(KEY_SET, Optional.of(Keys.ISSUER), Optional.empty(), 1, "RS256"),
            KEY_SET,
            StandaloneAuthenticator.Memory.LONG,
            1));

    @BeforeAll
    static void load() {
        KEY_SET.load(new StartupEvent());
    }

    @AfterAll
    static void stop() {
        VERTX.close();
    }

    @Test
    void isTheCallerOfTheOneToken() {
        assertThat(callers.of(authorization("Bearer " + KEYS.token())).levels()).isEqualTo(Set.of(AccessLevel.VIEWER));
    }

    @Test
    void isNobodysWithoutOne() {
        assertThatThrownBy(() -> callers.of(authorization())).isInstanceOf(CredentialsMissing.class);
    }

    @Test
    void isMalformedWithTwoThoughBothAreTheSame() {
        String header = "Bearer " + KEYS.token();

        assertThatThrownBy(() -> callers.of(authorization(header, header))).isInstanceOf(CredentialsMalformed.class);
    }

    @Test
    void isRefusedWithATokenOfSomebodyElses() {
        assertThatThrownBy(() ->
                        callers.of(authorization("Bearer " + Keys.rsa(null).token())))
                .isInstanceOf(TokenInvalid.class);
    }

    private static MultiMap authorization(String... values) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        for (String value : values) {
            headers.add("authorization", value);
        }
        return headers;
    }
}
