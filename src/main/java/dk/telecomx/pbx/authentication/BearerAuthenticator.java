package dk.telecomx.pbx.authentication;

import dk.telecomx.pbx.error.Failure;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipalFactory;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/**
 * Authenticates bearer tokens for the framework: its SmallRye JWT extension calls this in the place of its own verification (contract,
 * section 5).
 */
@Singleton
@Alternative
@Priority(1)
public class BearerAuthenticator extends JWTCallerPrincipalFactory {

    private final TokenCache tokens;

    BearerAuthenticator(TokenCache tokens) {
        this.tokens = tokens;
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
        return tokens.principalOf(token);
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
