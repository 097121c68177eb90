package dk.telecomx.pbx.authentication;

import static java.util.Objects.requireNonNullElse;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwa.AlgorithmFactoryFactory;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.KeyOperations;
import org.jose4j.jwk.Use;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jws.JsonWebSignatureAlgorithm;
import org.jose4j.keys.X509Util;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;
import org.jspecify.annotations.Nullable;

/**
 * Public keys to verify tokens with.
 *
 * @param usable the keys for the configured algorithm; whatever else a key set holds is as if it were not there
 * @param rejected why the others do not count, for a log
 */
record VerificationKeys(Set<UsableKey> usable, Set<String> rejected) {

    /** @param id the {@code kid}, if it has one */
    record UsableKey(@Nullable String id, Key key) {}

    private static final Pattern PEM =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

    /**
     * @param content PEM (public keys or certificates, with any text around them), a JWK or a JWKS
     * @param algorithm the JWS algorithm that the keys are for, such as {@code RS256}
     * @return what is in it and fits; perhaps nothing
     * @throws IllegalArgumentException if it cannot be read; the message says why and quotes nothing of it
     */
    static VerificationKeys parse(String content, String algorithm) {
        String text = content.replace("\uFEFF", "").strip();
        Set<UsableKey> usable = new HashSet<>();
        Set<String> rejected = new TreeSet<>();
        for (JsonWebKey key : text.startsWith("{") ? ofJson(text) : ofPem(text)) {
            try {
                requireUsable(key, algorithm);
                usable.add(new UsableKey(key.getKeyId(), key.getKey()));
            } catch (JoseException reason) {
                rejected.add(reason.getMessage());
            }
        }
        return new VerificationKeys(usable, rejected);
    }

    private static List<JsonWebKey> ofJson(String json) {
        try {
            Map<String, Object> object = JsonUtil.parseJson(json);
            if (object.get("keys") instanceof List<?> entries) {
                // The library leaves malformed keys out, but fails for an entry that is no object.
                List<?> objects = entries.stream().filter(Map.class::isInstance).toList();
                return new JsonWebKeySet(JsonUtil.toJson(Map.of("keys", objects))).getJsonWebKeys();
            }
            return List.of(JsonWebKey.Factory.newJwk(object));
        } catch (JoseException | RuntimeException malformed) {
            throw new IllegalArgumentException("JSON, but neither a JWK nor a JWKS", malformed);
        }
    }

    private static List<JsonWebKey> ofPem(String text) {
        // What is within PEM's lines, without them: so Quarkus passes on the key pair that it makes in dev mode.
        if (text.matches("[A-Za-z0-9+/=\\s]{100,}")) {
            return List.of(ofBlock("PUBLIC KEY", text));
        }
        List<JsonWebKey> found = PEM.matcher(text)
                .results()
                .map(block -> ofBlock(block.group(1), block.group(2)))
                .toList();
        if (found.isEmpty()) {
            throw new IllegalArgumentException("neither PEM (no whole -----BEGIN … -----END) nor a JWK or JWKS");
        }
        return found;
    }

    private static JsonWebKey ofBlock(String label, String base64) {
        try {
            return JsonWebKey.Factory.newJwk(
                    switch (label) {
                        case "PUBLIC KEY" -> publicKey(Base64.getMimeDecoder().decode(base64));
                        case "CERTIFICATE" ->
                            new X509Util().fromBase64Der(base64).getPublicKey();
                        case "RSA PUBLIC KEY" ->
                            throw new IllegalArgumentException("PKCS#1 (BEGIN RSA PUBLIC KEY): openssl rsa"
                                    + " -RSAPublicKey_in -pubout makes BEGIN PUBLIC KEY of it");
                        default -> throw new IllegalArgumentException("PEM of a " + label + ", which is no public key");
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

    /** @throws JoseException which says why a key does not count */
    private static void requireUsable(JsonWebKey key, String algorithm) throws JoseException {
        if (!requireNonNullElse(key.getUse(), Use.SIGNATURE).equals(Use.SIGNATURE)) {
            throw new JoseException("a key whose use is not sig");
        }
        if (!requireNonNullElse(key.getKeyOps(), List.of(KeyOperations.VERIFY)).contains(KeyOperations.VERIFY)) {
            throw new JoseException("a key whose key_ops have no verify");
        }
        if (!requireNonNullElse(key.getAlgorithm(), algorithm).equals(algorithm)) {
            throw new JoseException("a key for another alg");
        }
        JsonWebSignatureAlgorithm jws =
                AlgorithmFactoryFactory.getInstance().getJwsAlgorithmFactory().getAlgorithm(algorithm);
        if (!key.getKeyType().equals(jws.getKeyType())) {
            throw new JoseException("a key of type " + key.getKeyType());
        }
        jws.validateVerificationKey(key.getKey()); // too small, or on another curve
    }

    /** The key that signed: {@code kid} rules out keys that have another one; among several that remain, the one that fits. */
    Key select(JsonWebSignature signature) throws UnresolvableKeyException {
        String kid = signature.getKeyIdHeaderValue();
        List<Key> candidates = usable.stream()
                .filter(key -> kid == null || key.id() == null || key.id().equals(kid))
                .map(UsableKey::key)
                .toList();
        return candidates.stream()
                .filter(key -> verifies(key, signature))
                .findFirst()
                .or(() -> candidates.stream().findFirst())
                .orElseThrow(() -> new UnresolvableKeyException("no key for this signature"));
    }

    /** The library keeps the outcome, and does not verify again with the key that is selected. */
    private static boolean verifies(Key key, JsonWebSignature signature) {
        try {
            signature.setKey(key);
            return signature.verifySignature();
        } catch (JoseException unreadable) {
            return false;
        }
    }
}
