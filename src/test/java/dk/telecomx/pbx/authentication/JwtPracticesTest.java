package dk.telecomx.pbx.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import dk.telecomx.pbx.Keys;
import dk.telecomx.pbx.error.Failure;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.Signature;
import java.util.Base64;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwe.ContentEncryptionAlgorithmIdentifiers;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.jwe.KeyManagementAlgorithmIdentifiers;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What RFC 8725 warns of, and no token of ours is: encrypted, in another encoding, by a key that is no point of its curve. */
class JwtPracticesTest {

    private static final Keys RSA = Keys.rsa(null);

    static Stream<Arguments> encrypted() {
        byte[] publicKey = RSA.publicKey().getEncoded();
        return Stream.of(
                Arguments.of(
                        "to our public key",
                        encrypted(KeyManagementAlgorithmIdentifiers.RSA_OAEP_256, RSA.publicKey(), RSA.token())),
                Arguments.of(
                        "to our public key, with padding of old",
                        encrypted(KeyManagementAlgorithmIdentifiers.RSA1_5, RSA.publicKey(), RSA.token())),
                Arguments.of(
                        "by a secret that everybody knows",
                        encrypted(
                                KeyManagementAlgorithmIdentifiers.DIRECT,
                                new SecretKeySpec(publicKey, 0, 32, "AES"),
                                RSA.token())),
                Arguments.of(
                        "by a password",
                        encrypted(
                                KeyManagementAlgorithmIdentifiers.PBES2_HS256_A128KW,
                                new SecretKeySpec(publicKey, "AES"),
                                RSA.token())));
    }

    /** RFC 8725, 3.3: a genuine token inside another one, which everybody could have made. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("encrypted")
    void refusesATokenThatIsEncrypted(String how, String token) {
        try (StandaloneAuthenticator access = StandaloneAuthenticator.with(RSA.pem(), "RS256")) {
            assertThat(access.refusalOf(RSA.token())).isNull();
            assertThat(access.refusalOf(token)).isInstanceOf(Failure.class).hasMessage("Undecipherable");
        }
    }

    private static String encrypted(String algorithm, Key key, String payload) {
        JsonWebEncryption encryption = new JsonWebEncryption();
        encryption.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
        encryption.setAlgorithmHeaderValue(algorithm);
        encryption.setEncryptionMethodHeaderParameter(ContentEncryptionAlgorithmIdentifiers.AES_128_CBC_HMAC_SHA_256);
        encryption.setContentTypeHeaderValue("JWT");
        encryption.setKey(key);
        encryption.setPayload(payload);
        try {
            return encryption.getCompactSerialization();
        } catch (JoseException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** RFC 8725, 3.4: nobody can have signed with such a key, and nobody passes by it. */
    @Test
    void acceptsNothingByAPointOffTheCurve() {
        Keys keys = Keys.ec(null, "secp256r1");
        String jwk = keys.jwk();
        String y = "\"y\":\"";
        int start = jwk.indexOf(y) + y.length();
        String off = jwk.substring(0, start) + (jwk.charAt(start) == 'A' ? 'B' : 'A') + jwk.substring(start + 1);
        try (StandaloneAuthenticator access = StandaloneAuthenticator.with(off, "ES256")) {
            assertThat(access.refusalOf(keys.token()))
                    .isInstanceOf(Failure.class)
                    .hasMessage("Undecipherable");
        }
        try (StandaloneAuthenticator access = StandaloneAuthenticator.with(jwk, "ES256")) {
            assertThat(access.refusalOf(keys.token())).isNull();
        }
    }

    /** RFC 8725, 3.7: signed by us, and yet not what we write. */
    @Test
    void refusesClaimsThatAreNotUtf8() throws GeneralSecurityException {
        String[] parts = RSA.token().split("\\.", -1);
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        try (StandaloneAuthenticator access = StandaloneAuthenticator.with(RSA.pem(), "RS256")) {
            assertThat(access.refusalOf(signed(parts[0], claims.getBytes(StandardCharsets.UTF_8))))
                    .isNull();
            assertThat(access.refusalOf(signed(parts[0], claims.getBytes(StandardCharsets.UTF_16))))
                    .isInstanceOf(Failure.class)
                    .hasMessage("Undecipherable");
        }
    }

    /** RFC 7515, 4.1.11: an empty list once passed for none. */
    @ParameterizedTest
    @ValueSource(strings = {"[]", "[\"exp\"]", "[\"b64\"]", "null", "\"exp\"", "{}"})
    void refusesACriticalHeaderWhateverItHolds(String critical) throws GeneralSecurityException {
        String[] parts = RSA.token().split("\\.", -1);
        byte[] claims = Base64.getUrlDecoder().decode(parts[1]);
        String header = "{\"alg\":\"RS256\",\"crit\":" + critical + "}";
        String encoded =
                Base64.getUrlEncoder().withoutPadding().encodeToString(header.getBytes(StandardCharsets.UTF_8));
        try (StandaloneAuthenticator access = StandaloneAuthenticator.with(RSA.pem(), "RS256")) {
            assertThat(access.refusalOf(signed(encoded, claims)))
                    .isInstanceOf(Failure.class)
                    .hasMessage("Undecipherable");
        }
    }

    /** Signed by our issuer, both of them: it issues no such tokens. */
    @Test
    void refusesATokenWithinAToken() throws GeneralSecurityException {
        String header = "{\"alg\":\"RS256\",\"cty\":\"JWT\"}";
        String encoded =
                Base64.getUrlEncoder().withoutPadding().encodeToString(header.getBytes(StandardCharsets.UTF_8));
        try (StandaloneAuthenticator access = StandaloneAuthenticator.with(RSA.pem(), "RS256")) {
            assertThat(access.refusalOf(signed(encoded, RSA.token().getBytes(StandardCharsets.UTF_8))))
                    .isInstanceOf(Failure.class)
                    .hasMessage("Undecipherable");
        }
    }

    private static String signed(String header, byte[] claims) throws GeneralSecurityException {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        String content = header + "." + base64.encodeToString(claims);
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(RSA.privateKey());
        signature.update(content.getBytes(StandardCharsets.US_ASCII));
        return content + "." + base64.encodeToString(signature.sign());
    }
}
