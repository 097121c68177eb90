import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * {@code java Tokens.java FIXTURES DIR}: makes a key pair that is forgotten at once, and with it DIR/key.pem, the public key, and DIR/tokens.env,
 * tokens for the fixtures: valid for a day, expired, and of a level that never passes.
 */
class Tokens {

    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

    public static void main(String[] args) throws IOException, GeneralSecurityException {
        Map<String, String> fixtures = Files.readAllLines(Path.of(args[0])).stream()
                .filter(line -> line.matches("\\w+=.*"))
                .collect(Collectors.toMap(line -> line.substring(0, line.indexOf('=')), line -> line.substring(line.indexOf('=') + 1)));
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair keys = generator.generateKeyPair();
        long now = Instant.now().getEpochSecond();

        Path directory = Files.createDirectories(Path.of(args[1]));
        Files.writeString(
                directory.resolve("key.pem"),
                "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(keys.getPublic().getEncoded())
                        + "\n-----END PUBLIC KEY-----\n");
        Files.writeString(
                directory.resolve("tokens.env"),
                "TOKEN=" + token(keys, fixtures, "VIEWER", now + 86_400) + "\n"
                        + "EXPIRED_TOKEN=" + token(keys, fixtures, "VIEWER", now - 3_600) + "\n"
                        + "PERSONAL_TOKEN=" + token(keys, fixtures, "PERSONAL", now + 86_400) + "\n");
    }

    private static String token(KeyPair keys, Map<String, String> fixtures, String level, long expires) throws GeneralSecurityException {
        String claims = """
                {"iss":"%s","aud":"%s","sub":"smoke","groups":["%s"],"customer":"%s","exp":%d}"""
                .formatted(fixtures.get("ISSUER"), fixtures.get("AUDIENCE"), level, fixtures.get("CUSTOMER"), expires);
        String content = encoded("{\"alg\":\"RS256\",\"typ\":\"JWT\"}") + "." + encoded(claims);
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(keys.getPrivate());
        signature.update(content.getBytes(StandardCharsets.US_ASCII));
        return content + "." + URL.encodeToString(signature.sign());
    }

    private static String encoded(String json) {
        return URL.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
