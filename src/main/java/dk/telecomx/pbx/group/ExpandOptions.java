package dk.telecomx.pbx.group;

import static java.nio.charset.StandardCharsets.UTF_8;

import dk.telecomx.pbx.error.Failure;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which references of a group to expand: {@code expandExtension}, its members and controllers; {@code expandGoto} (contract, section 2). */
record ExpandOptions(boolean extensions, boolean timeoutGoto) {

    private static final Set<String> FLAGS = Set.of("true", "false");

    /**
     * Parsed here: the framework's parser stops at a thousand parameters, takes a semicolon for an ampersand, and has errors of its own for
     * what it cannot decode.
     *
     * @param query the raw query of the request's URI; null where there is none
     * @throws Failure {@link Failure#badRequest} if a flag is neither true nor false, or is there twice
     */
    static ExpandOptions parse(@Nullable String query) {
        if (query == null || query.isEmpty()) {
            return new ExpandOptions(false, false);
        }
        return new ExpandOptions(flag(query, "expandExtension"), flag(query, "expandGoto"));
    }

    boolean none() {
        return !extensions && !timeoutGoto;
    }

    private static boolean flag(String query, String name) {
        List<String> values = new ArrayList<>();
        for (String parameter : query.split("&", -1)) {
            String[] pair = parameter.split("=", 2);
            if (decoded(pair[0]).equals(name)) {
                values.add(pair.length == 1 ? "" : decoded(pair[1]).toLowerCase(Locale.ROOT));
            }
        }
        if (values.size() > 1 || !FLAGS.containsAll(values)) {
            throw Failure.badRequest(name + " must be true or false, given at most once");
        }
        return values.contains("true");
    }

    /** What cannot be decoded stays as it is: no parameter's name, and no flag. */
    private static String decoded(String part) {
        try {
            return URLDecoder.decode(part, UTF_8);
        } catch (IllegalArgumentException badEscape) {
            return part;
        }
    }
}
