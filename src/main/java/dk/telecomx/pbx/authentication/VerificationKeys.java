package dk.telecomx.pbx.authentication;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.util.KeyUtils;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.Use;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;

/**
 * Public keys that fit the configured algorithm. Whatever else a key set holds (symmetric keys, RSA keys under 2048 bits, keys of
 * another kind) is as if it were not there.
 */
final class VerificationKeys {

    private static final int MIN_RSA_BITS = 2048;
    private static final Set<String> RSA_ALGORITHMS = Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512");

    /** The bits of the one curve that each algorithm is for. */
    private static final Map<String, Integer> CURVE_BITS = Map.of("ES256", 256, "ES384", 384, "ES512", 521);

    private final List<JsonWebKey> keys;
    private final Set<String> identity;

    private VerificationKeys(List<JsonWebKey> keys) {
        this.keys = keys;
        this.identity = keys.stream()
                .map(key -> key.toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * @param content PEM (a public key or a certificate), a JWK or a JWKS
     * @param algorithm the JWS algorithm that the keys are for, such as {@code RS256}
     * @return what is in it and fits; perhaps nothing
     * @throws IllegalArgumentException if it cannot be read
     */
    static VerificationKeys parse(String content, String algorithm) {
        try {
            return new VerificationKeys(keysIn(content.strip(), algorithm).stream()
                    .filter(key -> isForSignatures(key, algorithm) && fits(key.getKey(), algorithm))
                    .toList());
        } catch (JoseException | GeneralSecurityException | RuntimeException unreadable) {
            throw new IllegalArgumentException("neither PEM nor a JSON web key set");
        }
    }

    private static List<JsonWebKey> keysIn(String content, String algorithm)
            throws JoseException, GeneralSecurityException {
        if (content.startsWith("{")) {
            return content.contains("\"keys\"")
                    ? new JsonWebKeySet(content).getJsonWebKeys()
                    : List.of(JsonWebKey.Factory.newJwk(content));
        }
        PublicKey key = content.contains("BEGIN CERTIFICATE")
                ? KeyUtils.decodeCertificate(content)
                : KeyUtils.decodePublicKey(content, SignatureAlgorithm.fromAlgorithm(algorithm));
        return List.of(JsonWebKey.Factory.newJwk(key));
    }

    private static boolean isForSignatures(JsonWebKey key, String algorithm) {
        boolean signs = key.getUse() == null || key.getUse().equals(Use.SIGNATURE);
        return signs && (key.getAlgorithm() == null || key.getAlgorithm().equals(algorithm));
    }

    private static boolean fits(Key key, String algorithm) {
        Integer curveBits = CURVE_BITS.get(algorithm);
        return curveBits != null
                ? key instanceof ECPublicKey ec
                        && ec.getParams().getCurve().getField().getFieldSize() == curveBits
                : key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() >= MIN_RSA_BITS;
    }

    /** Whether there can be keys for that algorithm: a signature by RSA or over one of NIST's curves. */
    static boolean isSupported(String algorithm) {
        return RSA_ALGORITHMS.contains(algorithm) || CURVE_BITS.containsKey(algorithm);
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
