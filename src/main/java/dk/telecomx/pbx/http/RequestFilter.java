package dk.telecomx.pbx.http;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * What is done with every request before it is routed (contract, sections 2, 5 and 6): one handler with all of it, since each has its
 * price.
 */
@Singleton
class RequestFilter {

    /** Before the framework's own: its access log, too, trips over a path that cannot be decoded. */
    private static final int FIRST = Integer.MIN_VALUE;

    private static final CharSequence CONTENT_TYPE_OPTIONS = HttpHeaders.createOptimized("X-Content-Type-Options");
    private static final CharSequence NOSNIFF = HttpHeaders.createOptimized("nosniff");

    private final RouteTable paths;
    private final Cors cors;
    private volatile boolean ending;

    RequestFilter(RouteTable paths, Cors cors) {
        this.paths = paths;
        this.cors = cors;
    }

    void register(@Observes Router router) {
        router.route().order(FIRST).handler(this::handle);
    }

    /** From now on each answer ends its connection: who kept one would ask on it just when it is closed. */
    void end(@Observes ShutdownDelayInitiatedEvent delay) {
        ending = true;
    }

    private void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        mark(context);
        if (ending) {
            context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        if (!RequestBodyGuard.isClear(request)) {
            RequestBodyGuard.endConnection(context);
            context.fail(400);
            return;
        }
        String target = Target.toRouteInstead(request);
        if (target != null) {
            // Routed anew, the request comes by here again: with the id that it has by now.
            RequestId.handOn(context);
            context.reroute(method(request), target);
            return;
        }
        cors.mark(context);
        admit(context, request);
    }

    /** What every answer carries: set here, since it also marks what failed before any route was asked. */
    static void mark(RoutingContext context) {
        RequestId.give(context);
        context.response().putHeader(CONTENT_TYPE_OPTIONS, NOSNIFF);
    }

    /** HEAD is GET, whose body the HTTP layer then leaves out: left to the framework, length and ETag would be missing too. */
    private static HttpMethod method(HttpServerRequest request) {
        return HttpMethod.HEAD.equals(request.method()) ? HttpMethod.GET : request.method();
    }

    private void admit(RoutingContext context, HttpServerRequest request) {
        RouteTable.@Nullable Kind kind = paths.kindOf(context.normalizedPath());
        if (kind != RouteTable.Kind.DOCUMENTATION) {
            // The answer is always JSON: what the caller would accept must not turn it into a 406.
            request.headers().remove(HttpHeaders.ACCEPT);
        }
        boolean tooLarge = RequestBodyGuard.hasBody(request) && RequestBodyGuard.readPast(context);
        if (kind == null) {
            context.next();
        } else if (kind == RouteTable.Kind.NOTHING) {
            context.fail(404);
        } else if (HttpMethod.OPTIONS.equals(request.method())) {
            RouteTable.tellMethods(context.response());
        } else if (!HttpMethod.GET.equals(request.method())) {
            context.fail(405);
        } else if (tooLarge) {
            context.fail(400);
        } else {
            context.next();
        }
    }
}
