package dk.telecomx.pbx.authorization;

import java.util.Locale;

/** The outcome of an authorisation, and the rule that gave it. */
public enum Decision {
    /** An administrator reads everything. */
    ADMIN(true),
    /** The caller's customer owns the group. */
    OWN_CUSTOMER(true),
    /** The caller's reseller owns the group, or is the parent of the customer that does. */
    RESELLER(true),
    /** None of the caller's levels can ever read a group. */
    LEVEL(false),
    /** The group belongs to somebody else. */
    FOREIGN(false);

    private final boolean allowed;

    Decision(boolean allowed) {
        this.allowed = allowed;
    }

    public boolean allowed() {
        return allowed;
    }

    /** The rule's name in metrics and in the audit log. */
    public String rule() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
