package dk.telecomx.pbx.faults;

import java.util.List;
import java.util.Map;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;

/** A signing key that is made when the tests run, and its tokens. */
final class Keys {

    static final String ISSUER = "https://login.faults.test";

    private static final int TEN_MINUTES = 10;

    private final RsaJsonWebKey key;

    private Keys(RsaJsonWebKey key) {
        this.key = key;
    }

    static Keys named(String kid) {
        return named(kid, 2048);
    }

    static Keys named(String kid, int bits) {
        try {
            RsaJsonWebKey key = RsaJwkGenerator.generateJwk(bits);
            key.setKeyId(kid);
            return new Keys(key);
        } catch (JoseException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The public half, as a member of a key set. */
    String jwk() {
        return key.toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
    }

    static String jwks(String... members) {
        return "{\"keys\":[" + String.join(",", members) + "]}";
    }

    String viewerOf(String customer) {
        return token(Map.of("groups", List.of("VIEWER"), "customer", customer));
    }

    String reseller(String customer) {
        return token(Map.of("groups", List.of("RESELLER"), "customer", customer));
    }

    String admin() {
        return token(Map.of("groups", List.of("ADMIN")));
    }

    String token(Map<String, ?> claims) {
        return token(claims, key.getKeyId());
    }

    /** A good token, but for a header of those critical extensions. */
    String critical(Map<String, ?> claims, List<String> extensions) {
        JsonWebSignature signature = signature(claims, key.getKeyId());
        signature.getHeaders().setObjectHeaderValue("crit", extensions);
        return signed(signature);
    }

    /** A token that says of itself that it was signed with that key. */
    String token(Map<String, ?> claims, String kid) {
        return signed(signature(claims, kid));
    }

    private JsonWebSignature signature(Map<String, ?> claims, String kid) {
        JwtClaims all = new JwtClaims();
        all.setIssuer(ISSUER);
        all.setSubject("faults");
        all.setExpirationTimeMinutesInTheFuture(TEN_MINUTES);
        all.setGeneratedJwtId();
        claims.forEach(all::setClaim);
        JsonWebSignature signature = new JsonWebSignature();
        signature.setDoKeyValidation(false);
        signature.setPayload(all.toJson());
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
        signature.setKey(key.getPrivateKey());
        signature.setKeyIdHeaderValue(kid);
        return signature;
    }

    private static String signed(JsonWebSignature signature) {
        try {
            return signature.getCompactSerialization();
        } catch (JoseException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
