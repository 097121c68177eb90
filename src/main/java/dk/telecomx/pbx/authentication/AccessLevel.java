package dk.telecomx.pbx.authentication;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The vendor's access levels, low to high (contract, section 4). Their order grants nothing: {@code AccessRules} names the levels that may read. */
public enum AccessLevel {
    NO_LOGIN,
    PERSONAL,
    VIEWER,
    MANAGER,
    OWNER,
    RESELLER,
    RESELLER_ADMIN,
    ADMIN;

    private static final Map<String, AccessLevel> BY_NAME =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(Enum::name, Function.identity()));

    /** The level of that name, case and all; empty for a name that is no level. */
    static Optional<AccessLevel> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }
}
