package dk.telecomx.pbx.http;

import dk.telecomx.pbx.error.ErrorMapper;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import jakarta.inject.Singleton;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * The paths that are there, each to be read and nothing else (contract, section 2).
 *
 * <p>They are judged here and not by the routes, which answer OPTIONS of any path below a known one, and any method where a handler of
 * the framework's sits.
 */
@Singleton
class RouteTable {

    /** What is behind a path. */
    enum Kind {
        /** A group, or would be if the id were one. */
        GROUP,
        /** What describes the API. */
        DOCUMENTATION,
        /** Nothing, whatever the routes say. */
        NOTHING
    }

    private static final String GROUP = "/pbx/group";
    private static final Set<String> OPEN_API =
            Set.of("/q/openapi", "/q/openapi.json", "/q/openapi.yaml", "/q/openapi.yml");
    private static final String SWAGGER_UI = "/q/swagger-ui";

    private final Kind swaggerUi;

    RouteTable(@ConfigProperty(name = "quarkus.swagger-ui.enabled", defaultValue = "true") boolean swaggerUi) {
        this.swaggerUi = swaggerUi ? Kind.DOCUMENTATION : Kind.NOTHING;
    }

    /**
     * What is behind that path; null for what the routes know best.
     *
     * @param path normalised
     */
    @Nullable
    Kind kindOf(String path) {
        if (isAtOrBelow(GROUP, path)) {
            return hasOneSegmentAtMost(path) ? Kind.GROUP : Kind.NOTHING;
        }
        if (path.startsWith(SWAGGER_UI)) {
            return isAtOrBelow(SWAGGER_UI, path) ? swaggerUi : Kind.NOTHING;
        }
        return OPEN_API.contains(path) ? Kind.DOCUMENTATION : null;
    }

    private static boolean isAtOrBelow(String root, String path) {
        return path.startsWith(root) && (path.length() == root.length() || path.charAt(root.length()) == '/');
    }

    /** A slash after the id changes nothing. */
    private static boolean hasOneSegmentAtMost(String path) {
        int slash = path.indexOf('/', GROUP.length() + 1);
        return slash < 0 || slash == path.length() - 1;
    }

    static void tellMethods(HttpServerResponse response) {
        response.setStatusCode(204)
                .putHeader(HttpHeaders.ALLOW, ErrorMapper.METHODS)
                .end();
    }
}
