package dk.telecomx.pbx.authorization;

/** The outcome of an authorisation, and the rule that gave it. */
public enum Decision {
    /** An administrator reads everything. */
    ADMIN(true, "admin"),
    /** The caller's customer owns the group. */
    OWN_CUSTOMER(true, "own-customer"),
    /** The caller's reseller owns the group, or is the parent of the customer that does. */
    RESELLER(true, "reseller"),
    /** None of the caller's levels can ever read a group. */
    LEVEL(false, "level"),
    /** The group belongs to somebody else. */
    FOREIGN(false, "foreign");

    private final boolean allowed;
    private final String rule;

    Decision(boolean allowed, String rule) {
        this.allowed = allowed;
        this.rule = rule;
    }

    public boolean allowed() {
        return allowed;
    }

    /** The rule's name in metrics and in the audit log. */
    public String rule() {
        return rule;
    }
}
