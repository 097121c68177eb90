package dk.telecomx.pbx.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dk.telecomx.pbx.Keys;
import dk.telecomx.pbx.error.Failure;
import java.util.List;
import java.util.stream.Stream;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which keys of a set are in use, when two sets are the same, and which key a token is held against. */
class KeysInUseTest {

    private static final Keys MINE = Keys.rsa("mine");
    private static final Keys OTHER = Keys.rsa("other");

    static Stream<Arguments> members() {
        return Stream.of(
                arguments("for signatures", "\"use\":\"sig\"", 2),
                arguments("for encryption", "\"use\":\"enc\"", 1),
                arguments("for our algorithm", "\"alg\":\"RS256\"", 2),
                arguments("for another one", "\"alg\":\"RS512\"", 1),
                arguments("to verify", "\"key_ops\":[\"verify\"]", 2),
                arguments("to sign", "\"key_ops\":[\"sign\"]", 1));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("members")
    void countsTheKeysThatAreForOurSignatures(String what, String member, int keys) {
        String marked = MINE.jwk().replaceFirst("\\{", "{" + member + ",");

        assertThat(parse(Keys.jwks(List.of(marked, OTHER.jwk()))).usable()).hasSize(keys);
    }

    @Test
    void areTheSameInAnyOrder() {
        VerificationKeys keys = parse(Keys.jwks(MINE, OTHER));

        assertThat(keys).isEqualTo(parse(Keys.jwks(OTHER, MINE))).hasSameHashCodeAs(parse(Keys.jwks(OTHER, MINE)));
    }

    @Test
    void areOthersWithOneMoreOrLessOrOfAnotherName() {
        VerificationKeys keys = parse(Keys.jwks(MINE));

        assertThat(keys)
                .isNotEqualTo(parse(Keys.jwks(MINE, OTHER)))
                .isNotEqualTo(parse(Keys.jwks(OTHER)))
                .isNotEqualTo(parse(Keys.jwks(MINE.called("another"))))
                .isNotEqualTo("keys");
        assertThat(keys.hashCode()).isNotEqualTo(parse(Keys.jwks(OTHER)).hashCode());
    }

    /** Though its signature is right: the token says that it was made by another key. */
    @Test
    void areRuledOutByAnotherId() {
        try (StandaloneAuthenticator access =
                StandaloneAuthenticator.with(Keys.jwks(MINE, OTHER, Keys.rsa("third")), "RS256")) {
            assertThat(access.refusalOf(MINE.token())).isNull();
            assertThat(access.refusalOf(MINE.called("other").token()))
                    .isInstanceOf(Failure.class)
                    .hasMessage("Undecipherable");
        }
        Keys twin = Keys.rsa("other");
        try (StandaloneAuthenticator access = StandaloneAuthenticator.with(Keys.jwks(MINE, OTHER, twin), "RS256")) {
            // Whichever of the two is tried first.
            assertThat(access.refusalOf(twin.token())).isNull();
            assertThat(access.refusalOf(OTHER.token())).isNull();
            assertThat(access.refusalOf(MINE.called("other").token()))
                    .isInstanceOf(Failure.class)
                    .hasMessage("Undecipherable");
        }
    }

    /** Made with the public key as the secret, which the forger knows. */
    @Test
    void areNoSecretsOfASymmetricSignature() throws JoseException {
        JsonWebSignature forged = new JsonWebSignature();
        forged.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
        forged.setPayload("{}");
        forged.setAlgorithmHeaderValue("HS256");
        forged.setKey(new HmacKey(MINE.publicKey().getEncoded()));

        try (StandaloneAuthenticator access = StandaloneAuthenticator.with(Keys.jwks(MINE, OTHER), "RS256")) {
            assertThat(access.refusalOf(forged.getCompactSerialization()))
                    .isInstanceOfSatisfying(Failure.class, refusal -> assertThat(refusal.reason())
                            .isEqualTo("algorithm"));
        }
    }

    @Test
    void areNoneForAnIdThatNoKeyHas() {
        try (StandaloneAuthenticator access = StandaloneAuthenticator.with(Keys.jwks(MINE, OTHER), "RS256")) {
            assertThat(access.refusalOf(MINE.called("third").token()))
                    .isInstanceOfSatisfying(Failure.class, refusal -> assertThat(refusal.reason())
                            .isEqualTo("unknown_key"));
            assertThat(access.refusalOf(Keys.rsa("mine").token()))
                    .isInstanceOfSatisfying(Failure.class, refusal -> assertThat(refusal.reason())
                            .isEqualTo("signature"));
        }
    }

    private static VerificationKeys parse(String keys) {
        return VerificationKeys.parse(keys, "RS256");
    }
}
