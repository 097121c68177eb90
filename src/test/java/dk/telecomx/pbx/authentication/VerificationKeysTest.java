package dk.telecomx.pbx.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.telecomx.pbx.Keys;
import dk.telecomx.pbx.Logs;
import dk.telecomx.pbx.error.Failure;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.HmacKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The shapes keys come in, and the keys that do not count. */
class VerificationKeysTest {

    private static final Keys RSA = Keys.rsa("mine");
    private static final Keys OTHER = Keys.rsa("other");
    private static final Keys STRANGER = Keys.rsa("mine");
    private static final Keys SMALL = Keys.rsa("small", 1024);
    private static final Keys EC = Keys.ec("mine", "secp256r1");

    @TempDir
    Path folder;

    static Stream<Arguments> shapes() {
        Keys anonymous = RSA.called(null);
        return Stream.of(
                Arguments.of("a PEM public key", RSA.pem(), RSA),
                Arguments.of("a PEM public key on one line", RSA.pem().replace("\n", ""), RSA),
                Arguments.of("a JWK", RSA.jwk(), RSA),
                Arguments.of("a JWKS", Keys.jwks(OTHER, RSA), RSA),
                Arguments.of("a JWKS of two keys without kid", Keys.jwks(OTHER.called(null), anonymous), anonymous),
                Arguments.of("a JWKS without kid, for a token with one", Keys.jwks(OTHER.called(null), anonymous), RSA),
                Arguments.of("a JWKS with kid, for a token without", Keys.jwks(OTHER, RSA), anonymous),
                Arguments.of(
                        "a JWKS with an unreadable key beside it",
                        Keys.jwks(List.of("{\"kty\":\"?\"}", RSA.jwk())),
                        RSA),
                Arguments.of(
                        "a JWKS with entries that are no keys",
                        Keys.jwks(List.of("5", "null", "\"x\"", "{\"kty\":\"RSA\",\"n\":5}", RSA.jwk())),
                        RSA),
                Arguments.of("a JWK that says verify", with("\"key_ops\":[\"verify\"]"), RSA),
                Arguments.of(
                        "a PEM with bag attributes",
                        "Bag Attributes\n    localKeyID: 01 23\nKey Attributes: <No Attributes>\n" + RSA.pem(),
                        RSA),
                Arguments.of("a PEM with a comment before and after", "# of 2026\n" + RSA.pem() + "\n# end", RSA),
                Arguments.of("a PEM with a byte-order mark", "\uFEFF" + RSA.pem(), RSA),
                Arguments.of("a JWKS with a byte-order mark", "\uFEFF" + Keys.jwks(RSA), RSA),
                Arguments.of("an indented PEM", RSA.pem().indent(4), RSA),
                Arguments.of("what is within PEM's lines alone", RSA.pem().replaceAll("-----.*-----", ""), RSA),
                Arguments.of("a PEM with CRLF", RSA.pem().replace("\n", "\r\n"), RSA),
                Arguments.of("the first of two PEM keys", RSA.pem() + OTHER.pem(), RSA),
                Arguments.of("the second of two PEM keys", OTHER.pem() + RSA.pem(), RSA),
                Arguments.of("an RSA key beside an EC key in PEM", EC.pem() + RSA.pem(), RSA),
                Arguments.of("an EC PEM", EC.pem(), EC),
                Arguments.of("a JWKS of both kinds", Keys.jwks(RSA, EC), EC));
    }

    @Test
    void saysOfTheKeysThatDoNotCountWhyAndOfNoOther() {
        assertThat(VerificationKeys.parse(Keys.jwks(RSA, EC), "RS256").rejected())
                .containsExactly("a key of type EC");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void verifiesWith(String shape, String content, Keys issuer) {
        try (StandaloneAuthenticator access = StandaloneAuthenticator.with(content, issuer == EC ? "ES256" : "RS256")) {
            assertThat(access.refusalOf(issuer.token())).isNull();
            assertThat(access.refusalOf(STRANGER.token()))
                    .isInstanceOf(Failure.class)
                    .hasMessage("Undecipherable");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"path", "file:"})
    void readsAFile(String kind) throws IOException {
        Path file = Files.writeString(folder.resolve("the keys.json"), Keys.jwks(RSA));
        String location = kind.equals("path") ? file.toString() : file.toUri().toString();
        try (StandaloneAuthenticator access = StandaloneAuthenticator.at(location, "RS256")) {
            assertThat(access.refusalOf(RSA.token())).isNull();
        }
    }

    /** A mounted secret that was rotated once counted with its old key until the next start. */
    @Test
    void readsTheFileAgainWhenItChangesAndKeepsItsKeysWhileItIsAway() throws IOException {
        Path file = Files.writeString(folder.resolve("keys.pem"), RSA.pem());
        try (StandaloneAuthenticator access = StandaloneAuthenticator.at(file.toString(), "RS256")) {
            String token = RSA.token();
            assertThat(access.accepts(token)).isTrue();
            Files.writeString(file, OTHER.pem());
            StandaloneAuthenticator.await(() -> access.findsUndecipherable(token));
            assertThat(access.accepts(OTHER.token())).isTrue();
            String unread = "keys were not read from " + file + ": ";
            Logs.during(lines -> {
                Files.delete(file);
                StandaloneAuthenticator.await(() -> lines.stream()
                        .anyMatch(line -> line.message().equals(unread + file + " (No such file or directory)")));
                assertThat(access.accepts(OTHER.token())).isTrue();
                Files.writeString(file, "maintenance");
                StandaloneAuthenticator.await(
                        () -> lines.stream().anyMatch(line -> line.message().startsWith(unread + "neither PEM")));
                assertThat(access.accepts(OTHER.token())).isTrue();
            });
            Files.writeString(file, RSA.pem());
            StandaloneAuthenticator.await(() -> access.accepts(token));
        }
    }

    @Test
    void trustsAFileThatIsAwayNoLongerThanTheMaxAge() throws IOException {
        Path file = Files.writeString(folder.resolve("keys.pem"), RSA.pem());
        StandaloneAuthenticator.Freshness brief =
                StandaloneAuthenticator.Freshness.SHORT.maxAge(java.time.Duration.ofSeconds(1));
        try (StandaloneAuthenticator access =
                StandaloneAuthenticator.at(file.toString(), "RS256", brief, StandaloneAuthenticator.LONG)) {
            Files.delete(file);
            StandaloneAuthenticator.await(() -> !access.keys.problem().isEmpty());
        }
    }

    @Test
    void saysThatTheFileIsAFolder() {
        assertThatThrownBy(() -> StandaloneAuthenticator.at(folder.toString(), "RS256"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("MP_JWT_VERIFY_PUBLICKEY_LOCATION: cannot read " + folder + " (Is a directory)");
    }

    @ParameterizedTest
    @CsvSource({
        "/no/such/file, cannot read /no/such/file (No such file or directory)",
        "file:/no/such/file, cannot read /no/such/file (No such file or directory)",
        "file:relative, cannot read file:relative (No such file or directory)",
        "file:/a b, Illegal character in path at index 7: file:/a b",
        "file://host/x, URI has an authority component",
    })
    void doesNotStartWithoutTheFile(String location, String words) {
        assertThatThrownBy(() -> StandaloneAuthenticator.at(location, "RS256"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("MP_JWT_VERIFY_PUBLICKEY_LOCATION: " + words);
    }

    /** By {@code openssl req -x509 -newkey rsa:2048 -nodes -days 36500 -subj /CN=issuer}; to make it anew took most of this class's time. */
    @Test
    void readsACertificate() {
        String certificate = """
                -----BEGIN CERTIFICATE-----
                MIIDBTCCAe2gAwIBAgIUSSycLpN9zGQQzdNjU9DO9vmlnNAwDQYJKoZIhvcNAQEL
                BQAwETEPMA0GA1UEAwwGaXNzdWVyMCAXDTI2MTEyNzE1MzQxM1oYDzIxMjYxMTAz
                MTUzNDEzWjARMQ8wDQYDVQQDDAZpc3N1ZXIwggEiMA0GCSqGSIb3DQEBAQUAA4IB
                DwAwggEKAoIBAQCZLyxoX4KcSlAkjGoP71kGMx5j4iS7Ot4Obr0J66jIkQxJHNa5
                we8wCvghAvQr1miE64+IjiQ1kK+sNjSo3Z08oyyQAcmO+xU06vLs+KTgcYP1rMaz
                dexJ62fObz9mKY+tJnhQJj52+b6JLZ5Pw1JWmov8dx/f+U16ClNxIah1cnJ9zesV
                ohijldeCVx4KVrVCcqU8oLY/16eI9tera1tNlPkU80tF5XV12uHFR+L6P8iyCHbR
                Y76S2uOnssHzJjIMfKbtqauDhT3H/NnzgS3muJF0DPg6R6sntOLojMkMPkiGXgTO
                6Ik0eh1ahTxAtB4VyQTCY2QEXXrbDJDGE343AgMBAAGjUzBRMB0GA1UdDgQWBBQT
                7Izm4uHDqB/sM3uTidDRtU53sDAfBgNVHSMEGDAWgBQT7Izm4uHDqB/sM3uTidDR
                tU53sDAPBgNVHRMBAf8EBTADAQH/MA0GCSqGSIb3DQEBCwUAA4IBAQAKP+TsGRce
                N84X8FT+a2Od8GSJMruU2LXqXWSwrbUGzG1vwOV2sYR26QreWgOMgB4yEWrpY2Wv
                05TH6q7aonzPpxIu4RSVLDYJnBu6Qs/7y0SbVMWfw5xKreBIuL+/mEbdMpac6SYW
                P+exa0G8OHLlcxBcP4HQBVmDSKa1W7ajYMjgKD4FmKlhUJrc5jmgqhc1Q7TpF5qD
                le+nlBhd02iVxdgc4IwTOIRha2qdayyTTKC1k+2Z9GWNfI1VihAHeoHLpUqUwrtD
                nmVsEPqpEdxmW2vzQev2sbPvEI/R75uXLDlNBBEL0CwUZJHUd94E+/tKfdrK/84K
                GQ5Q2eXd8eXY
                -----END CERTIFICATE-----
                """;
        VerificationKeys keys = VerificationKeys.parse(certificate, "RS256");
        assertThat(keys.usable()).hasSize(1);
    }

    static Stream<Arguments> rejected() {
        return Stream.of(
                Arguments.of("a small RSA key", SMALL.jwk(), "RS256"),
                Arguments.of("a small RSA key in PEM", SMALL.pem(), "RS256"),
                Arguments.of("a symmetric key", symmetric("secret"), "RS256"),
                Arguments.of("an EC key for RS256", EC.jwk(), "RS256"),
                Arguments.of("an RSA key for ES256", RSA.jwk(), "ES256"),
                Arguments.of(
                        "a key on another curve", Keys.ec("wide", "secp384r1").jwk(), "ES256"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rejected")
    void doesNotStartWith(String what, String key, String algorithm) {
        for (String content : key.startsWith("{") ? List.of(key, Keys.jwks(List.of(key))) : List.of(key)) {
            assertThatThrownBy(() -> StandaloneAuthenticator.with(content, algorithm))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("MP_JWT_VERIFY_PUBLICKEY: no public key for " + algorithm);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "garbage",
                "{",
                "{}",
                "[]",
                "{\"keys\":5}",
                "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"
            })
    void cannotReadAnythingElse(String content) {
        assertThatThrownBy(() -> VerificationKeys.parse(content, "RS256")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSmallKeyInASetIsNeverUsed() {
        try (StandaloneAuthenticator access = StandaloneAuthenticator.with(Keys.jwks(SMALL, RSA), "RS256")) {
            assertThat(access.refusalOf(SMALL.token()))
                    .isInstanceOf(Failure.class)
                    .hasMessage("Undecipherable");
            assertThat(access.refusalOf(RSA.token())).isNull();
        }
    }

    @Test
    void aSymmetricKeyInASetIsNeverUsed() throws Exception {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        String symmetric = "{\"kty\":\"oct\",\"kid\":\"secret\",\"k\":\""
                + Base64.getUrlEncoder().withoutPadding().encodeToString(secret) + "\"}";
        JsonWebSignature forged = new JsonWebSignature();
        JsonWebSignature genuine = new JsonWebSignature();
        genuine.setCompactSerialization(RSA.token());
        genuine.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
        genuine.setKey(RSA.publicKey());
        forged.setPayload(genuine.getPayload());
        forged.setAlgorithmHeaderValue("HS256");
        forged.setKeyIdHeaderValue("secret");
        forged.setKey(new HmacKey(secret));
        String token = forged.getCompactSerialization();
        try (StandaloneAuthenticator access =
                StandaloneAuthenticator.with(Keys.jwks(List.of(symmetric, RSA.jwk())), "RS256")) {
            assertThat(access.refusalOf(token)).isInstanceOf(Failure.class).hasMessage("Undecipherable");
        }
    }

    static Stream<Arguments> wordsOfAFailure() {
        String pkcs1 = "-----BEGIN RSA PUBLIC KEY-----\nAAAA\n-----END RSA PUBLIC KEY-----";
        String secret = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----";
        return Stream.of(
                Arguments.of("a private key", secret, "PEM of a PRIVATE KEY, which is no public key"),
                Arguments.of(
                        "a private key of OpenSSL's",
                        secret.replace("PRIVATE", "RSA PRIVATE"),
                        "PEM of a RSA PRIVATE KEY, which"),
                Arguments.of("PKCS#1", pkcs1, "PKCS#1"),
                Arguments.of("PEM of something else", pkcs1.replace("RSA PUBLIC KEY", "X509 CRL"), "PEM of a X509 CRL"),
                Arguments.of("PEM cut short", RSA.pem().substring(0, 80), "no whole -----BEGIN"),
                Arguments.of(
                        "PEM of nonsense", pkcs1.replace("RSA ", ""), "PEM of a PUBLIC KEY that cannot be decoded"),
                Arguments.of("text", "no key", "neither PEM"),
                Arguments.of("keys that are no array", "{\"keys\":5}", "neither a JWK nor a JWKS"),
                Arguments.of("JSON cut short", "{\"keys\":[", "neither a JWK nor a JWKS"),
                Arguments.of("an EC key under RS256", EC.pem(), "a key of type EC"),
                Arguments.of("a small RSA key", SMALL.pem(), "only 1024 bits"),
                Arguments.of("a key to encrypt with", with("\"use\":\"enc\""), "use is not sig"),
                Arguments.of("a key that signs", with("\"key_ops\":[\"sign\"]"), "key_ops have no verify"),
                Arguments.of("a key of another alg", with("\"alg\":\"PS256\""), "for another alg"));
    }

    /** Every failure once was "neither PEM nor a JSON web key set". */
    @ParameterizedTest(name = "{0}")
    @MethodSource("wordsOfAFailure")
    void saysWhatIsWrongWith(String what, String content, String words) {
        assertThatThrownBy(() -> StandaloneAuthenticator.with(content + " ", "RS256"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("MP_JWT_VERIFY_PUBLICKEY: ")
                .hasMessageContaining(words)
                .message()
                .hasLineCount(1);
    }

    private static String with(String member) {
        return RSA.jwk().replaceFirst("\\{", "{" + member + ",");
    }

    private static String symmetric(String id) {
        return "{\"kty\":\"oct\",\"kid\":\"" + id
                + "\",\"k\":\"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75\"}";
    }
}
