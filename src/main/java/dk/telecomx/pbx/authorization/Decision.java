package dk.telecomx.pbx.authorization;

import java.util.Locale;

/** The outcome of an authorization, and the rule that gave it. */
public enum Decision {
    /** An administrator reads everything. */
    ADMIN,
    /** The caller's customer owns the group. */
    OWN_CUSTOMER,
    /** The caller's reseller owns the group, or is the parent of the customer that does. */
    RESELLER,
    /** None of the caller's levels can ever read a group. */
    LEVEL,
    /** The group belongs to somebody else. */
    FOREIGN;

    public boolean allowed() {
        return this == ADMIN || this == OWN_CUSTOMER || this == RESELLER;
    }

    /** The rule's name in metrics and in the audit log. */
    public String rule() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
