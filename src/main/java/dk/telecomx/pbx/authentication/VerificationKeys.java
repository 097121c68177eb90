package dk.telecomx.pbx.authentication;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.KeyOperations;
import org.jose4j.jwk.Use;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;
import org.jspecify.annotations.Nullable;

/**
 * Public keys that fit the configured algorithm. Whatever else a key set holds (symmetric keys, RSA keys under 2048 bits, keys of
 * another kind) is as if it were not there.
 */
final class VerificationKeys {

    private static final int MIN_RSA_BITS = 2048;

    /** The bits of the one curve that each algorithm is for. */
    private static final Map<String, Integer> CURVE_BITS = Map.of("ES256", 256, "ES384", 384, "ES512", 521);

    private static final Pattern PEM =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

    /** What is within PEM's lines, without them: so Quarkus passes on the key pair that it makes in dev mode. */
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/\\s]{100,}=*\\s*");

    private final List<JsonWebKey> keys;
    private final Set<String> reasons;
    private final Set<String> identity;

    private VerificationKeys(List<JsonWebKey> all, String algorithm) {
        this.keys = all.stream()
                .filter(key -> reasonAgainst(key, algorithm).isEmpty())
                .toList();
        this.reasons = all.stream()
                .map(key -> reasonAgainst(key, algorithm))
                .filter(reason -> !reason.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
        this.identity = keys.stream()
                .map(key -> key.toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * @param content PEM (public keys or certificates, with any text around them), a JWK or a JWKS
     * @param algorithm the JWS algorithm that the keys are for, such as {@code RS256}
     * @return what is in it and fits; perhaps nothing
     * @throws IllegalArgumentException if it cannot be read; the message says why and quotes nothing of it
     */
    static VerificationKeys parse(String content, String algorithm) {
        String text = content.replace("\uFEFF", "").strip();
        return new VerificationKeys(text.startsWith("{") ? ofJson(text) : ofPem(text), algorithm);
    }

    private static List<JsonWebKey> ofJson(String json) {
        try {
            Map<String, Object> object = JsonUtil.parseJson(json);
            if (!object.containsKey("keys")) {
                return List.of(JsonWebKey.Factory.newJwk(object));
            }
            if (object.get("keys") instanceof List<?> entries) {
                return entries.stream().flatMap(VerificationKeys::ofEntry).toList();
            }
        } catch (JoseException | RuntimeException malformed) {
            throw new IllegalArgumentException("JSON, but neither a JWK nor a JWKS", malformed);
        }
        throw new IllegalArgumentException("a JWKS whose keys are not an array");
    }

    /** A malformed entry costs that entry alone. */
    @SuppressWarnings("unchecked") // the names in a JSON object are strings
    private static Stream<JsonWebKey> ofEntry(@Nullable Object entry) {
        try {
            return entry instanceof Map<?, ?> key
                    ? Stream.of(JsonWebKey.Factory.newJwk((Map<String, Object>) key))
                    : Stream.empty();
        } catch (JoseException | RuntimeException malformed) {
            return Stream.empty();
        }
    }

    private static List<JsonWebKey> ofPem(String text) {
        List<JsonWebKey> found = new ArrayList<>();
        Matcher block = PEM.matcher(text);
        while (block.find()) {
            found.add(ofBlock(block.group(1), Base64.getMimeDecoder().decode(block.group(2))));
        }
        if (found.isEmpty() && BASE64.matcher(text).matches()) {
            return List.of(ofBlock("PUBLIC KEY", Base64.getMimeDecoder().decode(text)));
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException(
                    text.isEmpty() ? "empty" : "neither PEM (no whole -----BEGIN … -----END) nor a JWK or JWKS");
        }
        return found;
    }

    private static JsonWebKey ofBlock(String label, byte[] der) {
        if (label.contains("PRIVATE KEY")) {
            throw new IllegalArgumentException("a private key: only the public one belongs here");
        }
        if (label.equals("RSA PUBLIC KEY")) {
            throw new IllegalArgumentException(
                    "PKCS#1 (BEGIN RSA PUBLIC KEY): openssl rsa -RSAPublicKey_in -pubout makes"
                            + " BEGIN PUBLIC KEY of it");
        }
        try {
            return JsonWebKey.Factory.newJwk(
                    switch (label) {
                        case "PUBLIC KEY" -> publicKey(der);
                        case "CERTIFICATE" ->
                            CertificateFactory.getInstance("X.509")
                                    .generateCertificate(new ByteArrayInputStream(der))
                                    .getPublicKey();
                        default -> throw new IllegalArgumentException("PEM of " + label + ", which is no public key");
                    });
        } catch (JoseException | GeneralSecurityException malformed) {
            throw new IllegalArgumentException("PEM of a " + label + " that cannot be decoded", malformed);
        }
    }

    private static PublicKey publicKey(byte[] der) throws GeneralSecurityException {
        try {
            return KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der));
        } catch (InvalidKeySpecException noRsaKey) {
            return KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(der));
        }
    }

    /** Why a key does not count; empty if it does. */
    private static String reasonAgainst(JsonWebKey jwk, String algorithm) {
        List<String> operations = jwk.getKeyOps();
        if (jwk.getUse() != null && !jwk.getUse().equals(Use.SIGNATURE)) {
            return "a key whose use is not sig";
        }
        if (operations != null && !operations.contains(KeyOperations.VERIFY)) {
            return "a key whose key_ops have no verify";
        }
        if (jwk.getAlgorithm() != null && !jwk.getAlgorithm().equals(algorithm)) {
            return "a key for another alg";
        }
        return reasonAgainst(jwk.getKey(), CURVE_BITS.get(algorithm));
    }

    private static String reasonAgainst(Key key, @Nullable Integer curveBits) {
        if (key instanceof RSAPublicKey rsa) {
            int bits = rsa.getModulus().bitLength();
            return curveBits != null ? "an RSA key" : bits < MIN_RSA_BITS ? "an RSA key of " + bits + " bits" : "";
        }
        if (key instanceof ECPublicKey ec) {
            int bits = ec.getParams().getCurve().getField().getFieldSize();
            return curveBits != null && bits == curveBits ? "" : "an EC key of " + bits + " bits";
        }
        return "a key that is neither RSA nor EC";
    }

    /** Why the keys that do not count do not, for a log. */
    Set<String> reasons() {
        return reasons;
    }

    /** The key that signed: {@code kid} rules out keys that have another one; among several that remain, the one that fits. */
    Key select(JsonWebSignature signature) throws UnresolvableKeyException {
        String kid = signature.getKeyIdHeaderValue();
        List<Key> possible = keys.stream()
                .filter(key ->
                        kid == null || key.getKeyId() == null || key.getKeyId().equals(kid))
                .map(JsonWebKey::getKey)
                .toList();
        if (possible.size() == 1) {
            return possible.get(0);
        }
        for (Key key : possible) {
            if (verifies(key, signature)) {
                return key;
            }
        }
        throw new UnresolvableKeyException("no key for this signature");
    }

    private static boolean verifies(Key key, JsonWebSignature signature) {
        try {
            signature.setKey(key);
            return signature.verifySignature();
        } catch (JoseException impossible) {
            return false;
        }
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }

    int size() {
        return keys.size();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerificationKeys keys && identity.equals(keys.identity);
    }

    @Override
    public int hashCode() {
        return identity.hashCode();
    }
}
