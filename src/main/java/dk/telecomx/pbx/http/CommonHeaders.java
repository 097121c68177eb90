package dk.telecomx.pbx.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** What every request and answer have in common (contract, sections 2 and 6). */
@Singleton
class CommonHeaders {

    static final CharSequence CONTENT_TYPE_OPTIONS = HttpHeaders.createOptimized("X-Content-Type-Options");
    static final CharSequence NOSNIFF = HttpHeaders.createOptimized("nosniff");

    void register(@Observes Filters filters) {
        filters.register(CommonHeaders::handle, Priorities.HEADERS);
    }

    private static void handle(RoutingContext context) {
        // The answer is always JSON: what the caller would accept must not turn it into a 406.
        context.request().headers().remove(HttpHeaders.ACCEPT);
        context.response().putHeader(CONTENT_TYPE_OPTIONS, NOSNIFF);
        context.next();
    }
}
