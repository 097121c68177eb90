package dk.telecomx.pbx.authentication;

import io.quarkus.security.identity.SecurityIdentity;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * Who sends a request: what is left of a token once it is verified.
 *
 * @param levels the access levels that the token grants
 * @param customer the caller's customer, if it has one
 * @param reseller the reseller the caller acts for, if there is one
 * @param subjectHash a keyed hash of the token's subject
 */
public record Caller(
        Set<AccessLevel> levels,
        @Nullable ObjectId customer,
        @Nullable ObjectId reseller,
        String subjectHash) {

    public Caller {
        levels = levels.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(levels));
    }

    /** The caller that the framework authenticated by {@link BearerAuthenticator}. */
    public static Caller of(SecurityIdentity identity) {
        return ((CallerPrincipal) identity.getPrincipal()).caller();
    }

    /** Reads a caller from the claims of a verified token (contract, section 4). A claim of the wrong form grants nothing. */
    public static Caller fromClaims(Map<String, @Nullable Object> claims, String subjectHash) {
        ObjectId customer = id(claims.get("customer"));
        ObjectId reseller = claims.containsKey("reseller") ? id(claims.get("reseller")) : customer;
        return new Caller(levels(claims.get("groups")), customer, reseller, subjectHash);
    }

    public boolean is(AccessLevel level) {
        return levels.contains(level);
    }

    public boolean isAnyOf(Set<AccessLevel> wanted) {
        return !Collections.disjoint(levels, wanted);
    }

    private static Set<AccessLevel> levels(@Nullable Object groups) {
        List<?> names = groups instanceof List<?> list ? list : List.of();
        return Stream.of(AccessLevel.values())
                .filter(level -> names.contains(level.name()))
                .collect(Collectors.toSet());
    }

    private static @Nullable ObjectId id(@Nullable Object claim) {
        return claim instanceof String hex && ObjectId.isValid(hex) ? new ObjectId(hex) : null;
    }
}
