package dk.telecomx.pbx;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/** A token in the making, written by hand so that it can be wrong in every way; as it is made it is right. */
public final class Token {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, @Nullable Object> header = new LinkedHashMap<>();
    private final Map<String, @Nullable Object> claims = new LinkedHashMap<>();

    private Token() {}

    /** A token of the issuer for these levels, good for five minutes, with no id in it, and for its audience where it has any. */
    public static Token of(String... levels) {
        long now = Instant.now().getEpochSecond();
        Token token = new Token()
                .header("typ", "JWT")
                .header("alg", TestIssuer.algorithm())
                .with("iss", TestIssuer.NAME)
                .with("sub", "somebody")
                .with("iat", now)
                .with("exp", now + 300)
                .with("groups", List.of(levels));
        return TestIssuer.audience().isBlank() ? token : token.with("aud", TestIssuer.audience());
    }

    public Token customer(ObjectId id) {
        return with("customer", id.toHexString());
    }

    public Token reseller(ObjectId id) {
        return with("reseller", id.toHexString());
    }

    /** With that claim; null is a JSON null. */
    public Token with(String claim, @Nullable Object value) {
        claims.put(claim, value);
        return this;
    }

    /** With a claim of a time that many seconds from now. */
    public Token withTime(String claim, long secondsFromNow) {
        return with(claim, Instant.now().getEpochSecond() + secondsFromNow);
    }

    public Token without(String claim) {
        claims.remove(claim);
        return this;
    }

    public Token header(String name, @Nullable Object value) {
        header.put(name, value);
        return this;
    }

    /** Signed by the issuer. */
    public String signed() {
        return signedBy(TestIssuer.privateKey());
    }

    /** Signed by another key. */
    public String signedBy(PrivateKey key) {
        return signed(key.getAlgorithm().equals("EC") ? "SHA256withECDSAinP1363Format" : "SHA256withRSA", key);
    }

    /** Signed by the issuer's key with that algorithm of java.security. */
    public String signedAs(String algorithm) {
        return signed(algorithm, TestIssuer.privateKey());
    }

    /** Signed by that algorithm of java.security. */
    public String signed(String algorithm, PrivateKey key) {
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(content().getBytes(UTF_8));
            return content() + "." + base64(signature.sign());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** "Signed" with a shared secret: what whoever takes the public key for one would accept. */
    public String signedWithSecret(byte[] secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            Key key = new SecretKeySpec(secret, "HmacSHA256");
            mac.init(key);
            return content() + "." + base64(mac.doFinal(content().getBytes(UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** With an empty signature. */
    public String unsigned() {
        return content() + ".";
    }

    /** Header and payload, as they are signed. */
    public String content() {
        return base64(json(header)) + "." + base64(json(claims));
    }

    public static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] json(Object value) {
        try {
            return JSON.writeValueAsBytes(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
