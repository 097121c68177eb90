package dk.telecomx.pbx.authentication;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dk.telecomx.pbx.error.Failure;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipalFactory;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jose4j.lang.HashUtil;

/**
 * Authenticates bearer tokens for the framework: its SmallRye JWT extension calls this instead of its own verification (contract,
 * section 5). It caches which tokens were verified, and whose they are: a signature costs nearly as much as the rest of a read.
 */
@Singleton
@Alternative
@Priority(1)
public class BearerAuthenticator extends JWTCallerPrincipalFactory {

    /*
     * The cache's key is a digest of the whole token; the token itself is not kept. Only successes are. Each hit checks the expiry as the
     * verifier does; a hit that fails this is verified again, so that the verifier alone says what is wrong. An entry counts only for the
     * keys it was verified with, and expires after it was written, however often it is read: a removed key is refused after (refresh of
     * the keys + this time) at the latest.
     */

    /** Some 200 bytes each: 4 MB at most, for which the smallest heap has room. */
    private static final int MAX_CACHED = 20_000;

    private final TokenVerifier verifier;
    private final JwksProvider keys;
    private final Cache<ByteBuffer, CallerPrincipal> cache;

    BearerAuthenticator(
            TokenVerifier verifier,
            JwksProvider keys,
            @ConfigProperty(name = "pbx.token-cache.ttl", defaultValue = "60s") Duration ttl) {
        this.verifier = verifier;
        this.keys = keys;
        this.cache = Caffeine.newBuilder()
                .expireAfterWrite(ttl)
                .maximumSize(MAX_CACHED)
                .build();
    }

    /**
     * The caller whose token this is.
     *
     * @param credentials what follows {@code Bearer } in the header
     * @throws dk.telecomx.pbx.error.Failure which says what is wrong with the token. It is unchecked, since the framework would wrap a
     *     checked exception in one with a stack trace and log the token's details
     */
    @Override
    public JWTCallerPrincipal parse(String credentials, JWTAuthContextInfo unused) {
        String token = credentials.strip();
        if (token.isEmpty() || token.indexOf(' ') >= 0 || token.indexOf('\t') >= 0) {
            throw Failure.CREDENTIALS_MALFORMED;
        }
        ByteBuffer digest =
                ByteBuffer.wrap(HashUtil.getMessageDigest(HashUtil.SHA_256).digest(token.getBytes(ISO_8859_1)));
        CallerPrincipal cached = cache.getIfPresent(digest);
        if (cached != null && cached.isValidWith(keys.inUse())) {
            return cached;
        }
        CallerPrincipal verified = verifier.verify(token);
        cache.put(digest, verified);
        return verified;
    }

    /** Where the framework looks for a token: only in the header {@code Authorization}. Keys and rules are {@link TokenVerifier}'s. */
    @Produces
    @Singleton
    @Alternative
    @Priority(1)
    static JWTAuthContextInfo bearerTokensOnly() {
        return new JWTAuthContextInfo();
    }
}
