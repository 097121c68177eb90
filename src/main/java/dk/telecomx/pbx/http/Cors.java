package dk.telecomx.pbx.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Lets pages of the configured origins read responses (contract, section 2). It only adds headers: browsers enforce CORS. */
@Singleton
class Cors {

    private final Set<String> origins;

    Cors(@ConfigProperty(name = "quarkus.http.cors.origins") Optional<Set<String>> origins) {
        this.origins = origins.orElse(Set.of());
    }

    void addHeaders(RoutingContext context) {
        if (origins.isEmpty()) {
            return;
        }
        HttpServerRequest request = context.request();
        MultiMap answer = context.response().headers();
        answer.add(HttpHeaders.VARY, HttpHeaders.ORIGIN);
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        String allowed = origins.contains("*") ? "*" : origin;
        if (origin == null || !origins.contains(allowed)) {
            return;
        }
        answer.set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, allowed)
                .set(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, "ETag, X-Request-Id, WWW-Authenticate");
        if (HttpMethod.OPTIONS.equals(request.method())
                && request.headers().contains(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD)) {
            answer.set(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD")
                    .set(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, "Authorization, If-None-Match, X-Request-Id")
                    // Two hours: no browser remembers a preflight for longer.
                    .set(HttpHeaders.ACCESS_CONTROL_MAX_AGE, "7200");
        }
    }
}
