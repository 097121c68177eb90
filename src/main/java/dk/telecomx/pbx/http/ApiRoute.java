package dk.telecomx.pbx.http;

/**
 * A path of the API, contributed by the feature that serves it (a bean of this type). It can be read: GET, HEAD and OPTIONS. Whatever is
 * asked for on it is authenticated, limited and answered as the contract says.
 *
 * @param root the path without its variable, such as {@code /pbx/group}; one further segment is the variable, a slash at the end changes
 *     nothing, and whatever else is below the root is 404
 */
public record ApiRoute(String root) {}
