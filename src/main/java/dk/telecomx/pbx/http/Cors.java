package dk.telecomx.pbx.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.handler.CorsHandler;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Lets browsers of the configured origins in; without origins there is no CORS at all (contract, section 2).
 *
 * <p>Vert.x's own handler, since the framework's filter answers a stranger's origin with an error of its own shape.
 */
@Singleton
class Cors {

    private final Optional<List<String>> origins;

    Cors(@ConfigProperty(name = "quarkus.http.cors.origins") Optional<List<String>> origins) {
        this.origins = origins;
    }

    void register(@Observes Filters filters) {
        origins.ifPresent(allowed -> filters.register(handler(allowed), Priorities.CORS));
    }

    private static CorsHandler handler(List<String> origins) {
        return CorsHandler.create()
                .addOrigins(origins)
                .allowedMethods(Set.of(HttpMethod.GET, HttpMethod.HEAD))
                .allowedHeaders(Set.of("Authorization", "If-None-Match", "X-Request-Id"))
                .exposedHeaders(Set.of("ETag", "X-Request-Id", "WWW-Authenticate"));
    }
}
