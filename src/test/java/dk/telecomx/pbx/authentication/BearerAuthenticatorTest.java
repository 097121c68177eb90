package dk.telecomx.pbx.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import dk.telecomx.pbx.Keys;
import dk.telecomx.pbx.error.Failure;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What follows the scheme, which the framework has taken off. */
class BearerAuthenticatorTest {

    private static final Keys KEYS = Keys.rsa(null);

    @ParameterizedTest
    @ValueSource(strings = {"%s", " %s ", "\t%s", "%s\t \t"})
    void findsTheTokenBetweenBlanks(String credentials) {
        try (StandaloneAuthenticator authenticator = StandaloneAuthenticator.with(KEYS.pem(), "RS256")) {
            assertThat(authenticator
                            .callerOf(credentials.formatted(KEYS.token()))
                            .levels())
                    .isEqualTo(Set.of(AccessLevel.VIEWER));
        }
    }

    /** Of a byte that is no ASCII: a header is read as ISO 8859-1. */
    @ParameterizedTest
    @ValueSource(strings = {"%s\u00a0", "\u00a0%s", "%s\u0085"})
    void takesOtherCharactersForAPartOfTheToken(String credentials) {
        try (StandaloneAuthenticator authenticator = StandaloneAuthenticator.with(KEYS.pem(), "RS256")) {
            assertThat(authenticator.refusalOf(credentials.formatted(KEYS.token())))
                    .isInstanceOf(Failure.class)
                    .hasMessage("Undecipherable");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t", "a b", "a.b.c\tx", "a.b.c a.b.c"})
    void callsAnythingElseMalformed(String credentials) {
        try (StandaloneAuthenticator authenticator = StandaloneAuthenticator.with(KEYS.pem(), "RS256")) {
            assertThat(authenticator.refusalOf(credentials)).isSameAs(Failure.CREDENTIALS_MALFORMED);
        }
    }

    @Test
    void verifiesATokenOnce() {
        try (StandaloneAuthenticator access = StandaloneAuthenticator.with(KEYS.pem(), "RS256")) {
            String token = KEYS.token();
            Caller first = access.callerOf(token);
            assertThat(access.callerOf(token)).isEqualTo(first);
            assertThat(first.is(AccessLevel.VIEWER)).isTrue();
            assertThat(access.verifications).hasValue(1);
        }
    }

    @Test
    void isTheCallerOfTheIdentityThatTheFrameworkMakes() {
        Caller caller = new Caller(Set.of(AccessLevel.OWNER), null, null, "");
        SecurityIdentity identity = QuarkusSecurityIdentity.builder()
                .setPrincipal(principal(caller))
                .build();

        assertThat(Caller.of(identity)).isEqualTo(caller);
    }

    /** The principal is cached: whatever it keeps of a token is kept for all requests with it. */
    @Test
    void keepsNeitherTheTokenNorAName() {
        CallerPrincipal principal = principal(new Caller(Set.of(AccessLevel.OWNER), null, null, ""));

        assertThat(principal.getRawToken()).isNull();
        assertThat(principal.getName()).isNull();
        assertThat(principal.getSubject()).isNull();
        assertThat(principal.getGroups()).containsExactly("OWNER");
    }

    private static CallerPrincipal principal(Caller caller) {
        return new CallerPrincipal(caller, Long.MAX_VALUE, new VerificationKeys(Set.of(), Set.of()));
    }
}
