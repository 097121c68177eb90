package dk.telecomx.pbx.authentication;

import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The principal of a verified token: the access levels are its roles. It is cached, so it keeps neither the token nor its claims, only
 * the {@link Caller}.
 */
final class CallerPrincipal extends JWTCallerPrincipal {

    private final Caller caller;
    private final Set<String> levels;

    CallerPrincipal(Caller caller) {
        super(null, null);
        this.caller = caller;
        this.levels = caller.levels().stream().map(Enum::name).collect(Collectors.toUnmodifiableSet());
    }

    Caller caller() {
        return caller;
    }

    @Override
    public Set<String> getGroups() {
        return levels;
    }

    @Override
    protected Set<String> doGetClaimNames() {
        return Set.of();
    }

    @Override
    protected @Nullable Object getClaimValue(String name) {
        return null;
    }
}
