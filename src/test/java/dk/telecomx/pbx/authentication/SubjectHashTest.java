package dk.telecomx.pbx.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import dk.telecomx.pbx.Keys;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SubjectHashTest {

    /** As {@code printf somebody | openssl dgst -sha256 -hmac KEY} prints it. */
    @Test
    void isTheFirstHalfOfAnHmac() {
        assertThat(with(StandaloneAuthenticator.AUDIT_KEY).of("somebody"))
                .isEqualTo("3eb4372cd6e1d29578c4c01555b5189e");
    }

    @Test
    void differsByKeyAndBySubject() {
        assertThat(Set.of(
                        with("a".repeat(32)).of("somebody"),
                        with("b".repeat(32)).of("somebody"),
                        with("a".repeat(32)).of("somebody else")))
                .hasSize(3);
    }

    /** Without a key nobody can find a subject by hashing guesses. */
    @Test
    void hasARandomKeyWhereNoneIsSet() {
        SubjectHash one = new SubjectHash(Optional.empty());

        assertThat(one.of("somebody"))
                .isEqualTo(one.of("somebody"))
                .isNotEqualTo(new SubjectHash(Optional.empty()).of("somebody"));
    }

    @Test
    void isAllThatACallerKeepsOfTheSubject() {
        Keys keys = Keys.rsa(null);
        try (StandaloneAuthenticator authenticator = StandaloneAuthenticator.with(keys.pem(), "RS256")) {
            assertThat(authenticator.callerOf(keys.token()).subject())
                    .isEqualTo(with(StandaloneAuthenticator.AUDIT_KEY).of("somebody"));
        }
    }

    private static SubjectHash with(String key) {
        return new SubjectHash(Optional.of(key));
    }
}
