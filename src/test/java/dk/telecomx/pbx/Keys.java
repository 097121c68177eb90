package dk.telecomx.pbx;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.types.ObjectId;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** An issuer for one test: keys made when they are needed, and the tokens they sign. */
public final class Keys {

    private static final int TEN_MINUTES = 600;

    private final KeyPair pair;
    private final String algorithm;
    private final @Nullable String id;

    private Keys(KeyPair pair, String algorithm, @Nullable String id) {
        this.pair = pair;
        this.algorithm = algorithm;
        this.id = id;
    }

    /** For a JWS algorithm: RS256 or ES256. */
    static Keys of(String algorithm) {
        return algorithm.startsWith("ES") ? ec(null, "secp256r1") : rsa(null);
    }

    public static Keys rsa(@Nullable String id) {
        return rsa(id, 2048);
    }

    public static Keys rsa(@Nullable String id, int bits) {
        return new Keys(pair("RSA", bits), "RS256", id);
    }

    public static Keys ec(@Nullable String id, String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return new Keys(generator.generateKeyPair(), curve.contains("384") ? "ES384" : "ES256", id);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static KeyPair pair(String kind, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public PublicKey publicKey() {
        return pair.getPublic();
    }

    public PrivateKey privateKey() {
        return pair.getPrivate();
    }

    public String pem() {
        return pem(publicKey());
    }

    /** A public key as it is configured. */
    static String pem(PublicKey key) {
        String body = Base64.getMimeEncoder(64, "\n".getBytes(UTF_8)).encodeToString(key.getEncoded());
        return "-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----\n";
    }

    public String jwk() {
        try {
            JsonWebKey key = JsonWebKey.Factory.newJwk(publicKey());
            if (id != null) {
                key.setKeyId(id);
            }
            return key.toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
        } catch (JoseException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public static String jwks(Keys... keys) {
        return jwks(Stream.of(keys).map(Keys::jwk).toList());
    }

    public static String jwks(List<String> keys) {
        return keys.stream().collect(Collectors.joining(",", "{\"keys\":[", "]}"));
    }

    /** A token of the issuer for a viewer, good for five minutes, and like no other one. */
    public String token() {
        return token(300, null);
    }

    /** A token whose {@code exp}, and {@code nbf} if any, are that many seconds from now. */
    public String token(long expires, @Nullable Long begins) {
        JwtClaims claims = claims(expires);
        claims.setStringListClaim("groups", "VIEWER");
        claims.setClaim("customer", "5f00000000000000000000c1");
        if (begins != null) {
            claims.setNotBefore(in(begins));
        }
        return signed(signature(claims));
    }

    public String viewerOf(ObjectId customer) {
        return token(Map.of("groups", List.of("VIEWER"), "customer", customer.toHexString()));
    }

    public String reseller(ObjectId customer) {
        return token(Map.of("groups", List.of("RESELLER"), "customer", customer.toHexString()));
    }

    public String admin() {
        return token(Map.of("groups", List.of("ADMIN")));
    }

    /** A token with these claims beside those that each one has. */
    public String token(Map<String, ?> more) {
        return signed(signature(claims(more)));
    }

    /** A token that says of itself that it was signed with that key. */
    public String token(Map<String, ?> more, String kid) {
        return called(kid).token(more);
    }

    /** A token whose header says that these extensions are critical. */
    public String critical(Map<String, ?> more, List<String> extensions) {
        JsonWebSignature signature = signature(claims(more));
        signature.getHeaders().setObjectHeaderValue("crit", extensions);
        return signed(signature);
    }

    private static JwtClaims claims(Map<String, ?> more) {
        JwtClaims claims = claims(TEN_MINUTES);
        more.forEach(claims::setClaim);
        return claims;
    }

    private static JwtClaims claims(long expires) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(TestIssuer.NAME);
        claims.setSubject("somebody");
        claims.setJwtId(UUID.randomUUID().toString());
        claims.setExpirationTime(in(expires));
        return claims;
    }

    private JsonWebSignature signature(JwtClaims claims) {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setAlgorithmHeaderValue(algorithm);
        signature.setDoKeyValidation(false);
        signature.setKey(privateKey());
        if (id != null) {
            signature.setKeyIdHeaderValue(id);
        }
        return signature;
    }

    private static String signed(JsonWebSignature signature) {
        try {
            return signature.getCompactSerialization();
        } catch (JoseException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static NumericDate in(long seconds) {
        return NumericDate.fromSeconds(NumericDate.now().getValue() + seconds);
    }

    /** The same key under another id, or none. */
    public Keys called(@Nullable String other) {
        return new Keys(pair, algorithm, other);
    }

    public PublicJsonWebKey full() {
        try {
            PublicJsonWebKey key = PublicJsonWebKey.Factory.newPublicJwk(publicKey());
            key.setPrivateKey(privateKey());
            return key;
        } catch (JoseException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
