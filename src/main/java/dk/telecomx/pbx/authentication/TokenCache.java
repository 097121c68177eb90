package dk.telecomx.pbx.authentication;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jose4j.lang.HashUtil;

/** Caches which tokens were verified, and whose they are: a signature costs more than the rest of a read. */
@Singleton
class TokenCache {

    /*
     * The key is a digest of the whole token; the token itself is not kept. Only successes are. Each hit checks the expiry as the verifier
     * does; a hit that fails this is verified again, so that the verifier alone says what is wrong. An entry counts only for the keys it
     * was verified with, and expires after it was written, however often it is read: a removed key is refused after (refresh of the keys +
     * this time) at the latest.
     */

    /** Some 200 bytes each. */
    private static final int MAX_ENTRIES = 20_000;

    private final TokenVerifier verifier;
    private final JwksProvider keys;
    private final Cache<ByteBuffer, CallerPrincipal> cache;

    TokenCache(
            TokenVerifier verifier,
            JwksProvider keys,
            @ConfigProperty(name = "pbx.token-cache.ttl", defaultValue = "60s") Duration ttl) {
        this.verifier = verifier;
        this.keys = keys;
        this.cache = Caffeine.newBuilder()
                .expireAfterWrite(ttl)
                .maximumSize(MAX_ENTRIES)
                .build();
    }

    /** Whose token this is; fails as {@link TokenVerifier#verify} does. */
    CallerPrincipal principalOf(String token) {
        ByteBuffer digest =
                ByteBuffer.wrap(HashUtil.getMessageDigest(HashUtil.SHA_256).digest(token.getBytes(ISO_8859_1)));
        CallerPrincipal known = cache.getIfPresent(digest);
        if (known != null && known.isGoodWith(keys.inUse())) {
            return known;
        }
        CallerPrincipal verified = verifier.verify(token);
        cache.put(digest, verified);
        return verified;
    }
}
