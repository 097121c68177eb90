package dk.telecomx.pbx.http;

import dk.telecomx.pbx.error.Failure;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Handles every request before it is routed: request id, framing, CORS, path and method, limit (contract, sections 2, 5 and 6). */
@Singleton
class RequestFilter {

    /** Right behind the framework's access log, so that it logs what is refused here. */
    private static final int FIRST = Integer.MIN_VALUE + 1;

    private static final String METHODS = "GET, HEAD, OPTIONS";
    private static final CharSequence CONTENT_TYPE_OPTIONS = HttpHeaders.createOptimized("X-Content-Type-Options");
    private static final CharSequence NOSNIFF = HttpHeaders.createOptimized("nosniff");

    private final RouteTable routes;
    private final Cors cors;
    private final ConcurrencyLimiter limiter;

    RequestFilter(RouteTable routes, Cors cors, ConcurrencyLimiter limiter) {
        this.routes = routes;
        this.cors = cors;
        this.limiter = limiter;
    }

    void register(@Observes Router router) {
        router.route().order(FIRST).handler(this::handle);
    }

    private void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        mark(context);
        if (!RequestBodyGuard.isFramingClear(request)) {
            RequestBodyGuard.closeConnectionAtEnd(context);
            context.fail(400);
            return;
        }
        cors.mark(context);
        route(context, request);
    }

    /** Sets what every response carries: here, since that includes responses to what fails before any route. */
    static void mark(RoutingContext context) {
        RequestId.assign(context);
        context.response().putHeader(CONTENT_TYPE_OPTIONS, NOSNIFF);
    }

    private void route(RoutingContext context, HttpServerRequest request) {
        RouteTable.Target target = routes.targetOf(context.normalizedPath());
        if (target != RouteTable.Target.DOCUMENTATION) {
            // Errors are JSON whatever the caller accepts: the framework would answer 406.
            request.headers().remove(HttpHeaders.ACCEPT);
        }
        if (RequestBodyGuard.hasBody(request)) {
            RequestBodyGuard.closeConnectionAtEnd(context);
        }
        HttpMethod method = request.method();
        if (target == RouteTable.Target.FRAMEWORK) {
            context.next();
        } else if (target == RouteTable.Target.NOTHING) {
            context.fail(404);
        } else if (HttpMethod.OPTIONS.equals(method)) {
            context.response()
                    .setStatusCode(204)
                    .putHeader(HttpHeaders.ALLOW, METHODS)
                    .end();
        } else if (!HttpMethod.GET.equals(method) && !HttpMethod.HEAD.equals(method)) {
            context.response().putHeader(HttpHeaders.ALLOW, METHODS);
            context.fail(405);
        } else if (target == RouteTable.Target.DOCUMENTATION) {
            context.next();
        } else if (!limiter.admit(context)) {
            context.fail(Failure.OVERLOADED);
        } else if (request.headers().getAll(HttpHeaders.AUTHORIZATION).size() > 1) {
            // The framework would take the first.
            context.fail(Failure.CREDENTIALS_MALFORMED);
        } else {
            context.next();
        }
    }
}
