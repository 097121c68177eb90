package dk.telecomx.pbx.group;

import dk.telecomx.pbx.error.Failure.BadRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which references of a group the caller wants expanded (contract, section 2).
 *
 * @param extensions {@code expandExtension}: members and controllers
 * @param target {@code expandGoto}: the timeout's goto
 */
record ExpandOptions(boolean extensions, boolean target) {

    private static final ExpandOptions NOTHING = new ExpandOptions(false, false);

    /*
     * The query is read here and not by the framework: that one stops at a thousand parameters, takes a semicolon for an ampersand,
     * and answers what it cannot decode in its own words.
     */

    /**
     * @param query the raw query of the request's URI; null where there is none
     * @throws BadRequest if a flag is neither true nor false, or is there twice
     */
    static ExpandOptions in(@Nullable String query) {
        if (query == null || query.isEmpty()) {
            return NOTHING;
        }
        return new ExpandOptions(flag(query, "expandExtension"), flag(query, "expandGoto"));
    }

    boolean nothing() {
        return !extensions && !target;
    }

    private static boolean flag(String query, String name) {
        Boolean value = null;
        for (String parameter : query.split("&", -1)) {
            int equals = parameter.indexOf('=');
            String key = equals < 0 ? parameter : parameter.substring(0, equals);
            if (name.equals(decoded(key))) {
                if (value != null) {
                    throw notAFlag(name);
                }
                value = parsed(name, decoded(parameter.substring(equals < 0 ? parameter.length() : equals + 1)));
            }
        }
        return value != null && value;
    }

    private static boolean parsed(String name, @Nullable String value) {
        return switch (value == null ? "" : value.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw notAFlag(name);
        };
    }

    /** Null for what cannot be decoded: as a name it is unknown, as a value neither true nor false. */
    private static @Nullable String decoded(String part) {
        if (part.indexOf('%') < 0 && part.indexOf('+') < 0) {
            return part;
        }
        try {
            return URLDecoder.decode(part, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException badEscape) {
            return null;
        }
    }

    private static BadRequest notAFlag(String name) {
        return new BadRequest(name + " must be true or false, and be there once");
    }
}
