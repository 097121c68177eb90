package dk.telecomx.pbx;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The issuer of the tokens in tests: a key pair made at the start, its public half in the service's configuration.
 *
 * <p>Arguments: {@code algorithm} (RS256), and any other is a setting handed on to the service.
 */
public class TestIssuer implements QuarkusTestResourceLifecycleManager {

    /** The {@code iss} of its tokens. */
    public static final String NAME = "https://login.telecomx.example";

    private static final String ALGORITHM = "pbx.test.algorithm";
    private static final String PRIVATE = "pbx.test.private-key";
    private static final String PUBLIC = "pbx.test.public-key";
    private static final String AUDIENCE = "pbx.test.audience";

    private final Map<String, String> settings = new HashMap<>();
    private String algorithm = "RS256";

    @Override
    public void init(Map<String, String> arguments) {
        settings.putAll(arguments);
        String wanted = settings.remove("algorithm");
        algorithm = wanted == null ? algorithm : wanted;
    }

    @Override
    public Map<String, String> start() {
        Keys keys = Keys.of(algorithm);
        System.setProperty(ALGORITHM, algorithm);
        System.setProperty(PRIVATE, base64(keys.privateKey().getEncoded()));
        System.setProperty(PUBLIC, base64(keys.publicKey().getEncoded()));
        // As echo and a mounted secret leave it: with the line's end it once was another issuer, and 401 for everybody.
        settings.put("mp.jwt.verify.issuer", NAME + "\n");
        settings.put("mp.jwt.verify.publickey", keys.pem());
        settings.put("mp.jwt.verify.publickey.algorithm", algorithm);
        String audiences = settings.getOrDefault("mp.jwt.verify.audiences", "");
        System.setProperty(AUDIENCE, audiences.replaceAll("(?s),.*", ""));
        return settings;
    }

    @Override
    public void stop() {
        System.clearProperty(PRIVATE);
    }

    /** One of the audiences that the service is configured with; blank where it asks for none. */
    static String audience() {
        return property(AUDIENCE);
    }

    static String algorithm() {
        return property(ALGORITHM);
    }

    static PrivateKey privateKey() {
        try {
            return factory()
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(property(PRIVATE))));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The key the service verifies with. */
    public static PublicKey publicKey() {
        try {
            return factory()
                    .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(property(PUBLIC))));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The same key as it is configured. */
    public static String pem() {
        return Keys.pem(publicKey());
    }

    private static KeyFactory factory() throws GeneralSecurityException {
        return KeyFactory.getInstance(algorithm().startsWith("ES") ? "EC" : "RSA");
    }

    private static String property(String name) {
        return Objects.requireNonNull(System.getProperty(name), "no test issuer was started");
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
