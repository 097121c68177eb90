package dk.telecomx.pbx.authentication;

/** The vendor's access levels, low to high (contract, section 4). Their order grants nothing: {@code AccessRules} names the levels that may read. */
public enum AccessLevel {
    NO_LOGIN,
    PERSONAL,
    VIEWER,
    MANAGER,
    OWNER,
    RESELLER,
    RESELLER_ADMIN,
    ADMIN
}
