package dk.telecomx.pbx.access;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/** Reads a caller from the claims of a verified token (contract, section 4). What is not as it should be grants nothing. */
final class CallerClaims {

    private CallerClaims() {}

    static Caller caller(Map<String, @Nullable Object> claims) {
        ObjectId customer = id(claims.get("customer"));
        ObjectId reseller = claims.containsKey("reseller") ? id(claims.get("reseller")) : customer;
        return new Caller(levels(claims.get("groups")), customer, reseller);
    }

    private static Set<AccessLevel> levels(@Nullable Object groups) {
        Set<AccessLevel> levels = EnumSet.noneOf(AccessLevel.class);
        if (groups instanceof List<?> names) {
            for (Object name : names) {
                if (name instanceof String level) {
                    AccessLevel.named(level).ifPresent(levels::add);
                }
            }
        }
        return levels;
    }

    private static @Nullable ObjectId id(@Nullable Object claim) {
        return claim instanceof String hex && ObjectId.isValid(hex) ? new ObjectId(hex) : null;
    }
}
