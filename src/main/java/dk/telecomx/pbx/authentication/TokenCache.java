package dk.telecomx.pbx.authentication;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.HashUtil;

/** Caches which tokens were verified, and whose they are: a signature costs more than the rest of a read. */
@Singleton
class TokenCache {

    /*
     * The key is a digest of the whole token; the token itself is not kept. Only successes are. Each hit checks the times as the verifier
     * does, with the same clock skew; a hit that fails this is verified again, so that the verifier alone says what is wrong. An entry
     * counts only for the keys it was verified with, and expires after it was written, however often it is read: a removed key is refused
     * after (refresh of the keys + this time) at the latest.
     */

    /** Some 200 bytes each. */
    private static final int MAX_ENTRIES = 20_000;

    /**
     * @param expires seconds since the epoch, as in {@code exp}
     * @param begins seconds since the epoch, as in {@code nbf}
     * @param keys it was verified with
     */
    private record Verified(CallerPrincipal principal, long expires, long begins, VerificationKeys keys) {}

    private final TokenVerifier verifier;
    private final JwksProvider keys;
    private final SubjectHash subjects;
    private final int clockSkew;
    private final Cache<ByteBuffer, Verified> cache;

    TokenCache(
            TokenVerifier verifier,
            JwksProvider keys,
            SubjectHash subjects,
            @ConfigProperty(name = "mp.jwt.verify.clock.skew") int clockSkew,
            @ConfigProperty(name = "pbx.token-cache.ttl", defaultValue = "60s") Duration ttl) {
        this.verifier = verifier;
        this.keys = keys;
        this.subjects = subjects;
        this.clockSkew = clockSkew;
        this.cache = Caffeine.newBuilder()
                .expireAfterWrite(ttl)
                .maximumSize(MAX_ENTRIES)
                .build();
    }

    /** Whose token this is; fails as {@link TokenVerifier#verify} and {@link JwksProvider#inUse} do. */
    CallerPrincipal principalOf(String token) {
        VerificationKeys inUse = keys.inUse();
        ByteBuffer digest =
                ByteBuffer.wrap(HashUtil.getMessageDigest(HashUtil.SHA_256).digest(token.getBytes(ISO_8859_1)));
        Verified known = cache.getIfPresent(digest);
        if (known != null && known.keys().equals(inUse) && isTimely(known)) {
            return known.principal();
        }
        Verified verified = verified(verifier.verify(token), inUse);
        cache.put(digest, verified);
        return verified.principal();
    }

    private boolean isTimely(Verified known) {
        long now = System.currentTimeMillis() / 1000;
        return now - clockSkew < known.expires() && now + clockSkew >= known.begins();
    }

    private Verified verified(JwtClaims claims, VerificationKeys inUse) {
        try {
            NumericDate begins = claims.getNotBefore();
            return new Verified(
                    new CallerPrincipal(
                            Caller.fromClaims(claims.getClaimsMap(), subjects.of(TokenVerifier.subject(claims)))),
                    claims.getExpirationTime().getValue(),
                    begins == null ? Long.MIN_VALUE : begins.getValue(),
                    inUse);
        } catch (MalformedClaimException impossible) {
            throw new IllegalStateException("verified, but malformed", impossible);
        }
    }
}
