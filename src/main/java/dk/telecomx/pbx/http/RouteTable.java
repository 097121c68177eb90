package dk.telecomx.pbx.http;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Which paths exist (contract, section 2). Asked before the framework routes, which answers OPTIONS of any path below a known one, and any
 * method where a handler of its own sits.
 */
@Singleton
class RouteTable {

    /** What a path leads to. */
    enum Target {
        /** A resource of the API. */
        API,
        /** The description of the API. */
        DOCUMENTATION,
        /** Nothing, whatever the framework's routes say. */
        NOTHING,
        /** Whatever the framework's routes say. */
        FRAMEWORK
    }

    private static final Set<String> OPEN_API =
            Set.of("/q/openapi", "/q/openapi.json", "/q/openapi.yaml", "/q/openapi.yml");
    private static final String SWAGGER_UI = "/q/swagger-ui";

    private final List<ApiRoute> routes;
    private final Target swaggerUi;

    RouteTable(
            Instance<ApiRoute> routes,
            @ConfigProperty(name = "quarkus.swagger-ui.enabled", defaultValue = "true") boolean swaggerUi) {
        this.routes = routes.stream().toList();
        this.swaggerUi = swaggerUi ? Target.DOCUMENTATION : Target.NOTHING;
    }

    /** @param path normalized */
    Target targetOf(String path) {
        for (ApiRoute route : routes) {
            if (route.matches(path)) {
                return Target.API;
            }
            if (ApiRoute.isAtOrBelow(route.root(), path)) {
                return Target.NOTHING;
            }
        }
        if (path.startsWith(SWAGGER_UI)) {
            return ApiRoute.isAtOrBelow(SWAGGER_UI, path) ? swaggerUi : Target.NOTHING;
        }
        if (OPEN_API.contains(path)) {
            return Target.DOCUMENTATION;
        }
        // The framework's router would ignore path parameters, and so find resources by paths that are none.
        return path.indexOf(';') >= 0 ? Target.NOTHING : Target.FRAMEWORK;
    }
}
