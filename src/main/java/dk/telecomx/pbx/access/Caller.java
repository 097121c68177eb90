package dk.telecomx.pbx.access;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * Who is asking: what is left of a token once it is verified.
 *
 * @param levels the access levels the token grants
 * @param customer the caller's customer, if it has one
 * @param reseller the reseller the caller acts for, if there is one
 */
public record Caller(
        Set<AccessLevel> levels,
        @Nullable ObjectId customer,
        @Nullable ObjectId reseller) {

    public Caller {
        levels = levels.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(levels));
    }

    boolean is(AccessLevel level) {
        return levels.contains(level);
    }

    boolean isAnyOf(Set<AccessLevel> wanted) {
        return !Collections.disjoint(levels, wanted);
    }
}
