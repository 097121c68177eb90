package dk.telecomx.pbx.http;

import java.util.regex.Pattern;

/**
 * A path of the API, contributed by the feature that serves it (a bean of this type). It can be read: GET, HEAD and OPTIONS. Whatever is
 * asked for on it is authenticated, limited and answered as the contract says.
 *
 * @param root the path without its variable, such as {@code /pbx/group}; one further segment is the variable
 */
public record ApiRoute(String root) {

    /** The paths of this route; a slash at the end changes nothing. */
    String regex() {
        return Pattern.quote(root) + "(/[^/]*)?/?";
    }
}
