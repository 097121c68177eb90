package dk.telecomx.pbx.authentication;

import dk.telecomx.pbx.error.Failure.CredentialsMalformed;
import dk.telecomx.pbx.error.Failure.CredentialsMissing;
import io.quarkus.runtime.Startup;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Tells who sends a request, by its bearer token (RFC 6750, section 2.1; contract, section 5).
 *
 * <p>The answer is a value: nothing after it reads an identity or a request scope.
 */
@Singleton
@Startup
public class BearerAuthenticator {

    private static final String SCHEME = "Bearer ";

    private final TokenCache tokens;

    BearerAuthenticator(TokenCache tokens) {
        this.tokens = tokens;
    }

    /**
     * Whose request has these headers.
     *
     * @throws dk.telecomx.pbx.error.Failure which says what is wrong with the header or the token, or that there are no keys to verify
     *     it with
     */
    public Caller of(MultiMap headers) {
        List<String> values = headers.getAll(HttpHeaders.AUTHORIZATION);
        if (values.isEmpty()) {
            throw new CredentialsMissing();
        }
        if (values.size() > 1) {
            throw new CredentialsMalformed();
        }
        return tokens.callerOf(bearerToken(values.get(0)));
    }

    static String bearerToken(String header) {
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw new CredentialsMalformed();
        }
        int start = SCHEME.length();
        int end = header.length();
        while (start < end && isBlank(header.charAt(start))) {
            start++;
        }
        while (start < end && isBlank(header.charAt(end - 1))) {
            end--;
        }
        String token = header.substring(start, end);
        if (token.isEmpty() || token.indexOf(' ') >= 0 || token.indexOf('\t') >= 0) {
            throw new CredentialsMalformed();
        }
        return token;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
