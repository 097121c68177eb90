package dk.telecomx.pbx.authentication;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dk.telecomx.pbx.error.Failure.TokenInvalid;
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

/** Remembers for a while which tokens were verified, and whose they are: a signature costs more than the rest of a read. */
@Singleton
class TokenCache {

    /*
     * What is kept is a digest of the whole token and what the next request needs; never the token. Only a success is kept. Each hit
     * checks the time as the verifier does, by the same clock skew; what fails that check is verified again, so that the verifier
     * alone says what is wrong. An entry counts only for the keys it was verified with, and lives from its writing on, however
     * often it is read: a key that was taken away is refused after (the keys' refresh + this time) at the latest.
     */

    /** How verified tokens are remembered. */
    @ConfigMapping(prefix = "pbx.tokens")
    interface Memory {

        /** How long a verified token is remembered. */
        @WithDefault("60s")
        Duration rememberFor();

        /** How many are remembered: some 200 bytes each. */
        @WithDefault("20000")
        int maxRemembered();
    }

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
    private record Verified(Caller caller, long expires, long begins, long generation) {}

    private final TokenVerifier verifier;
    private final JwksProvider keys;
    private final int clockSkew;
    private final Cache<Digest, Verified> remembered;

    TokenCache(
            TokenVerifier verifier,
            JwksProvider keys,
            Memory memory,
            @ConfigProperty(name = "mp.jwt.verify.clock.skew") int clockSkew) {
        this.verifier = verifier;
        this.keys = keys;
        this.clockSkew = clockSkew;
        this.remembered = Caffeine.newBuilder()
                .expireAfterWrite(memory.rememberFor())
                .maximumSize(memory.maxRemembered())
                .build();
    }

    /** Whose token this is; fails as {@link TokenVerifier#verify} and {@link JwksProvider#generation} do. */
    Caller callerOf(String token) {
        long generation = keys.generation();
        Digest digest = Digest.of(token);
        Verified known = remembered.getIfPresent(digest);
        if (known != null && known.generation() == generation && isTimely(known)) {
            return known.caller();
        }
        // Not before: what is remembered was in that form, and what is no Latin-1 has a digest with '?' for it, which
        // the form has not.
        if (!CompactForm.isOf(token)) {
            throw new TokenInvalid();
        }
        Verified verified = verified(verifier.verify(token), generation);
        remembered.put(digest, verified);
        return verified.caller();
    }

    private boolean isTimely(Verified known) {
        long now = NumericDate.now().getValue();
        return now - clockSkew < known.expires() && now + clockSkew >= known.begins();
    }

    private static Verified verified(JwtClaims claims, long generation) {
        try {
            NumericDate begins = claims.getNotBefore();
            return new Verified(
                    Caller.fromClaims(claims.getClaimsMap()),
                    claims.getExpirationTime().getValue(),
                    begins == null ? Long.MIN_VALUE : begins.getValue(),
                    generation);
        } catch (MalformedClaimException impossible) {
            throw new IllegalStateException("verified, but malformed", impossible);
        }
    }
}
