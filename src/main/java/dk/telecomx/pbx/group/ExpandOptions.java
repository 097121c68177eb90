package dk.telecomx.pbx.group;

import dk.telecomx.pbx.error.Failure;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which references of a group the caller wants expanded (contract, section 2).
 *
 * @param extensions {@code expandExtension}: members and controllers
 * @param timeoutGoto {@code expandGoto}: the timeout's goto
 */
record ExpandOptions(boolean extensions, boolean timeoutGoto) {

    private static final ExpandOptions NONE = new ExpandOptions(false, false);

    /*
     * The query is parsed here: the framework's parser stops at a thousand parameters, takes a semicolon for an ampersand, and has errors
     * of its own for what it cannot decode.
     */

    /**
     * @param query the raw query of the request's URI; null where there is none
     * @throws Failure {@link Failure#badRequest} if a flag is neither true nor false, or is there twice
     */
    static ExpandOptions parse(@Nullable String query) {
        if (query == null || query.isEmpty()) {
            return NONE;
        }
        return new ExpandOptions(flag(query, "expandExtension"), flag(query, "expandGoto"));
    }

    boolean none() {
        return !extensions && !timeoutGoto;
    }

    private static boolean flag(String query, String name) {
        Boolean value = null;
        for (String parameter : query.split("&", -1)) {
            int equals = parameter.indexOf('=');
            String key = equals < 0 ? parameter : parameter.substring(0, equals);
            if (name.equals(decoded(key))) {
                if (value != null) {
                    throw invalid(name);
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
            default -> throw invalid(name);
        };
    }

    /** Null if it cannot be decoded: as a name that is unknown, as a value neither true nor false. */
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

    private static Failure invalid(String name) {
        return Failure.badRequest(name + " must be true or false, given at most once");
    }
}
