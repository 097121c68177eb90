package dk.telecomx.pbx.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * Reads a request's target as the contract does: a path, and no part of it taken away.
 *
 * <p>The framework cannot decode a stray percent sign, and takes what follows a semicolon for a parameter. Escaped, both are characters
 * of the path like any other: they belong to no id, and to no path that is known.
 */
final class Target {

    private Target() {}

    /** What to route in that request's place: path and query, without the host of an absolute form; null where it is well as it is. */
    static @Nullable String toRouteInstead(HttpServerRequest request) {
        String path = request.path();
        boolean odd = isOdd(path);
        if (!odd && !HttpMethod.HEAD.equals(request.method())) {
            return null;
        }
        String query = request.query();
        String routed = odd ? escaped(path) : path;
        // Where it is routed anew the framework would cut a fragment off.
        return (query == null ? routed : routed + '?' + query).replace("#", "%23");
    }

    private static boolean isOdd(String path) {
        if (path.indexOf(';') >= 0) {
            return true;
        }
        int percent = path.indexOf('%');
        while (percent >= 0) {
            if (!isEscape(path, percent)) {
                return true;
            }
            percent = path.indexOf('%', percent + 1);
        }
        return false;
    }

    private static String escaped(String path) {
        StringBuilder escaped = new StringBuilder(path.length() + 8);
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == ';') {
                escaped.append("%3B");
            } else if (c == '%' && !isEscape(path, i)) {
                escaped.append("%25");
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    private static boolean isEscape(String path, int percent) {
        return percent + 2 < path.length() && isHex(path.charAt(percent + 1)) && isHex(path.charAt(percent + 2));
    }

    private static boolean isHex(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }
}
