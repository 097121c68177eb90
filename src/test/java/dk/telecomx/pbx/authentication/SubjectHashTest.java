package dk.telecomx.pbx.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import dk.telecomx.pbx.Keys;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** All that a caller keeps of the token's subject. */
class SubjectHashTest {

    private static final Keys ISSUER = Keys.rsa(null);

    /** As {@code printf somebody | openssl dgst -sha256 -hmac KEY} prints it. */
    @Test
    void isTheFirstHalfOfAnHmac() {
        assertThat(hashes(Optional.of(StandaloneAuthenticator.AUDIT_KEY), "somebody"))
                .containsExactly("3eb4372cd6e1d29578c4c01555b5189e");
    }

    @Test
    void differsByKeyAndBySubject() {
        assertThat(Set.of(
                        hashes(Optional.of("a".repeat(32)), "somebody"),
                        hashes(Optional.of("b".repeat(32)), "somebody"),
                        hashes(Optional.of("a".repeat(32)), "somebody else")))
                .hasSize(3);
    }

    /** Without a key nobody can find a subject by hashing guesses. */
    @Test
    void hasARandomKeyWhereNoneIsSet() {
        List<String> hashes = hashes(Optional.empty(), "somebody", "somebody");

        assertThat(hashes.get(0)).isEqualTo(hashes.get(1));
        assertThat(hashes(Optional.empty(), "somebody")).doesNotContainAnyElementsOf(hashes);
    }

    /** In one start of the service; each subject has a token of its own. */
    private static List<String> hashes(Optional<String> auditKey, String... subjects) {
        try (StandaloneAuthenticator authenticator = StandaloneAuthenticator.audited(ISSUER, auditKey)) {
            return Stream.of(subjects)
                    .map(subject -> authenticator
                            .callerOf(ISSUER.token(Map.of("sub", subject)))
                            .subjectHash())
                    .toList();
        }
    }
}
