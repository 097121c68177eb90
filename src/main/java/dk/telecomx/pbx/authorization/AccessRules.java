package dk.telecomx.pbx.authorization;

import static dk.telecomx.pbx.authentication.AccessLevel.ADMIN;
import static dk.telecomx.pbx.authentication.AccessLevel.MANAGER;
import static dk.telecomx.pbx.authentication.AccessLevel.OWNER;
import static dk.telecomx.pbx.authentication.AccessLevel.RESELLER;
import static dk.telecomx.pbx.authentication.AccessLevel.VIEWER;

import dk.telecomx.pbx.authentication.AccessLevel;
import dk.telecomx.pbx.authentication.Caller;
import java.util.EnumSet;
import java.util.Set;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/** Who may read a group (contract, section 4), as plain functions. Missing ids never match, and what no rule allows is denied. */
final class AccessRules {

    private static final Set<AccessLevel> CUSTOMER_LEVELS = EnumSet.of(VIEWER, MANAGER, OWNER);
    private static final Set<AccessLevel> READING_LEVELS = EnumSet.of(VIEWER, MANAGER, OWNER, RESELLER, ADMIN);

    private AccessRules() {}

    /** Whether any of the caller's levels can read some group at all. */
    static boolean canEverRead(Caller caller) {
        return caller.isAnyOf(READING_LEVELS);
    }

    /** Whether the decision turns on the owner's {@code parentReseller}, so that it has to be read first. */
    static boolean needsParentReseller(Caller caller, @Nullable ObjectId owner) {
        return owner != null
                && caller.is(RESELLER)
                && caller.reseller() != null
                && !decide(caller, owner, null).allowed();
    }

    /**
     * @param owner the group's customer
     * @param parentReseller the owner's parent reseller, where {@link #needsParentReseller} asked for it
     */
    static Decision decide(Caller caller, @Nullable ObjectId owner, @Nullable ObjectId parentReseller) {
        if (caller.is(ADMIN)) {
            return Decision.ADMIN;
        }
        if (caller.isAnyOf(CUSTOMER_LEVELS) && same(owner, caller.customer())) {
            return Decision.OWN_CUSTOMER;
        }
        if (caller.is(RESELLER)
                && owner != null
                && (same(owner, caller.reseller()) || same(parentReseller, caller.reseller()))) {
            return Decision.RESELLER;
        }
        return canEverRead(caller) ? Decision.FOREIGN : Decision.LEVEL;
    }

    private static boolean same(@Nullable ObjectId one, @Nullable ObjectId other) {
        return one != null && one.equals(other);
    }
}
