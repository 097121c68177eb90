package dk.telecomx.pbx.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.net.impl.URIDecoder;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Refuses a path that cannot be decoded, before the routes trip over it. */
@Singleton
class PathEscapes {

    void register(@Observes Filters filters) {
        filters.register(PathEscapes::handle, Priorities.PATH_ESCAPES);
    }

    private static void handle(RoutingContext context) {
        if (canBeDecoded(context.request().path())) {
            context.next();
        } else {
            context.fail(400);
        }
    }

    private static boolean canBeDecoded(String path) {
        if (path.indexOf('%') < 0) {
            return true;
        }
        try {
            URIDecoder.decodeURIComponent(path, false);
            return true;
        } catch (IllegalArgumentException badEscape) {
            return false;
        }
    }
}
