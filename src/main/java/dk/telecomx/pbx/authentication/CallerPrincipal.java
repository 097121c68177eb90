package dk.telecomx.pbx.authentication;

import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipal;
import java.util.Set;
import java.util.stream.Collectors;
import org.jose4j.jwt.JwtClaims;

/**
 * The principal of a verified token: the access levels are its roles. It is cached, so it keeps neither the token nor its claims, only
 * the {@link Caller}, and what tells whether the token still counts.
 */
final class CallerPrincipal extends DefaultJWTCallerPrincipal {

    private static final JwtClaims NO_CLAIMS = new JwtClaims();

    private final Caller caller;
    private final Set<String> levels;
    private final long validUntil;
    private final VerificationKeys keys;

    /**
     * @param validUntil in seconds since the epoch, the clock skew allowed
     * @param keys that the token was verified with
     */
    CallerPrincipal(Caller caller, long validUntil, VerificationKeys keys) {
        super(NO_CLAIMS);
        this.caller = caller;
        this.levels = caller.levels().stream().map(Enum::name).collect(Collectors.toUnmodifiableSet());
        this.validUntil = validUntil;
        this.keys = keys;
    }

    Caller caller() {
        return caller;
    }

    /** Whether the token would still be found good. */
    boolean isValidWith(VerificationKeys inUse) {
        return keys.equals(inUse) && System.currentTimeMillis() / 1000 < validUntil;
    }

    @Override
    public Set<String> getGroups() {
        return levels;
    }
}
