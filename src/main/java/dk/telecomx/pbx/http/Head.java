package dk.telecomx.pbx.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Answers HEAD as GET, whose body the HTTP layer then leaves out: left to the framework, length and ETag would be missing too. */
@Singleton
class Head {

    void register(@Observes Filters filters) {
        filters.register(Head::handle, Priorities.HEAD);
    }

    private static void handle(RoutingContext context) {
        if (context.request().method().equals(HttpMethod.HEAD)) {
            context.reroute(HttpMethod.GET, context.request().uri());
        } else {
            context.next();
        }
    }
}
