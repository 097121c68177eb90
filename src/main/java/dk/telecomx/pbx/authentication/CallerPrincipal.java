package dk.telecomx.pbx.authentication;

import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/** The principal of a verified token. It is cached, so it keeps neither the token nor a name: only what a {@link Caller} has. */
final class CallerPrincipal extends JWTCallerPrincipal {

    private static final Set<String> CLAIMS = Set.of("groups", "customer", "reseller");

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

    /** The names of the access levels, which are the caller's roles. */
    @Override
    public Set<String> getGroups() {
        return levels;
    }

    @Override
    protected Set<String> doGetClaimNames() {
        return CLAIMS;
    }

    @Override
    protected @Nullable Object getClaimValue(String name) {
        return switch (name) {
            case "groups" -> levels;
            case "customer" -> hex(caller.customer());
            case "reseller" -> hex(caller.reseller());
            default -> null;
        };
    }

    private static @Nullable String hex(@Nullable ObjectId id) {
        return id == null ? null : id.toHexString();
    }
}
