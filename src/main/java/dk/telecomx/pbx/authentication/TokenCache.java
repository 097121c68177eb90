package dk.telecomx.pbx.authentication;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;

/** Caches which tokens were verified, and whose they are: a signature costs more than the rest of a read. */
@Singleton
class TokenCache {

    /*
     * The key is a digest of the whole token; the token itself is not kept. Only successes are. Each hit checks the times as the verifier
     * does, with the same clock skew; a hit that fails this is verified again, so that the verifier alone says what is wrong. An entry
     * counts only for the keys it was verified with, and expires after it was written, however often it is read: a removed key is refused
     * after (refresh of the keys + this time) at the latest.
     */

    /** The settings {@code pbx.token-cache.*}. */
    @ConfigMapping(prefix = "pbx.token-cache")
    interface Settings {

        /** How long a verified token is cached. */
        @WithDefault("60s")
        Duration ttl();
    }

    /** Some 200 bytes each. */
    private static final int MAX_ENTRIES = 20_000;

    /** SHA-256 of a token. */
    private record Digest(long a, long b, long c, long d) {

        static Digest of(String token) {
            try {
                ByteBuffer sum = ByteBuffer.wrap(
                        MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.ISO_8859_1)));
                return new Digest(sum.getLong(), sum.getLong(), sum.getLong(), sum.getLong());
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        @Override
        public int hashCode() {
            return Long.hashCode(a);
        }
    }

    /**
     * @param expires seconds since the epoch, as in {@code exp}
     * @param begins seconds since the epoch, as in {@code nbf}
     * @param generation of the keys it was verified with
     */
    private record Verified(CallerPrincipal principal, long expires, long begins, long generation) {}

    private final TokenVerifier verifier;
    private final JwksProvider keys;
    private final SubjectHash subjects;
    private final int clockSkew;
    private final Cache<Digest, Verified> cache;

    TokenCache(
            TokenVerifier verifier,
            JwksProvider keys,
            Settings settings,
            SubjectHash subjects,
            @ConfigProperty(name = "mp.jwt.verify.clock.skew") int clockSkew) {
        this.verifier = verifier;
        this.keys = keys;
        this.subjects = subjects;
        this.clockSkew = clockSkew;
        this.cache = Caffeine.newBuilder()
                .expireAfterWrite(settings.ttl())
                .maximumSize(MAX_ENTRIES)
                .build();
    }

    /** Whose token this is; fails as {@link TokenVerifier#verify} and {@link JwksProvider#generation} do. */
    CallerPrincipal principalOf(String token) {
        long generation = keys.generation();
        Digest digest = Digest.of(token);
        Verified known = cache.getIfPresent(digest);
        if (known != null && known.generation() == generation && isTimely(known)) {
            return known.principal();
        }
        Verified verified = verified(verifier.verify(token), generation);
        cache.put(digest, verified);
        return verified.principal();
    }

    private boolean isTimely(Verified known) {
        long now = NumericDate.now().getValue();
        return now - clockSkew < known.expires() && now + clockSkew >= known.begins();
    }

    private Verified verified(JwtClaims claims, long generation) {
        try {
            NumericDate begins = claims.getNotBefore();
            return new Verified(
                    new CallerPrincipal(
                            Caller.fromClaims(claims.getClaimsMap(), subjects.of(TokenVerifier.subject(claims)))),
                    claims.getExpirationTime().getValue(),
                    begins == null ? Long.MIN_VALUE : begins.getValue(),
                    generation);
        } catch (MalformedClaimException impossible) {
            throw new IllegalStateException("verified, but malformed", impossible);
        }
    }
}
