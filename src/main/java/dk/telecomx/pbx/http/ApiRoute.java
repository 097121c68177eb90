package dk.telecomx.pbx.http;

/**
 * A path of the API, contributed by the feature that serves it (a bean of this type). It can be read: GET, HEAD and OPTIONS. Whatever is
 * asked for on it is authenticated, limited and answered as the contract says; any other path below the same root is 404.
 *
 * @param root the path without its variable, such as {@code /pbx/group}; one further segment is the variable
 */
public record ApiRoute(String root) {

    public ApiRoute {
        if (!root.startsWith("/") || root.endsWith("/")) {
            throw new IllegalArgumentException("a root starts with a slash and does not end with one: " + root);
        }
    }

    /** Whether the path is the root, or one segment below it; a slash at the end changes nothing. */
    boolean matches(String path) {
        if (!isAtOrBelow(root, path)) {
            return false;
        }
        int next = path.indexOf('/', root.length() + 1);
        return next < 0 || next == path.length() - 1;
    }

    static boolean isAtOrBelow(String root, String path) {
        return path.startsWith(root) && (path.length() == root.length() || path.charAt(root.length()) == '/');
    }
}
