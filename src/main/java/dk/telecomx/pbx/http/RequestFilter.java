package dk.telecomx.pbx.http;

import static java.util.stream.Collectors.joining;

import dk.telecomx.pbx.error.Failure;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Handles every request before it is routed: request id, framing, CORS, path and method, limit (contract, sections 2, 5 and 6). */
@Singleton
class RequestFilter {

    /** Right behind the framework's access log, so that it logs what is refused here. */
    private static final int FIRST = Integer.MIN_VALUE + 1;

    private static final String SWAGGER_UI = "/q/swagger-ui";
    private static final String METHODS = "GET, HEAD, OPTIONS";
    private static final CharSequence CONTENT_TYPE_OPTIONS = HttpHeaders.createOptimized("X-Content-Type-Options");
    private static final CharSequence NOSNIFF = HttpHeaders.createOptimized("nosniff");

    private final Pattern api;
    private final Pattern documentation;
    private final Pattern notFound;
    private final Cors cors;
    private final ConcurrencyLimiter limiter;

    RequestFilter(
            Instance<ApiRoute> routes,
            Cors cors,
            ConcurrencyLimiter limiter,
            @ConfigProperty(name = "quarkus.swagger-ui.enabled", defaultValue = "true") boolean swaggerUi) {
        String roots = routes.stream().map(ApiRoute::root).map(Pattern::quote).collect(joining("|", "(?:", ")"));
        this.api = Pattern.compile(roots + "(?:/[^/]*+)?/?");
        this.documentation =
                Pattern.compile("/q/openapi(\\.(json|ya?ml))?/?" + (swaggerUi ? "|" + SWAGGER_UI + "(/.*)?" : ""));
        // All else below a route, and what the framework would take for another path: it ignores what follows a
        // semicolon, and has Swagger UI for whatever begins like it, even where that is turned off.
        this.notFound = Pattern.compile(roots + "/.*|.*;.*|" + SWAGGER_UI + ".*");
        this.cors = cors;
        this.limiter = limiter;
    }

    void register(@Observes Router router) {
        router.route().order(FIRST).handler(this::handle);
    }

    private void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        addHeaders(context);
        if (!RequestBodyGuard.hasUnambiguousFraming(request)) {
            RequestBodyGuard.closeConnectionAtEnd(context);
            context.fail(400);
            return;
        }
        cors.addHeaders(context);
        route(context, request);
    }

    /** Sets what every response carries: here, since that includes responses to what fails before any route. */
    static void addHeaders(RoutingContext context) {
        RequestId.assign(context);
        context.response().putHeader(CONTENT_TYPE_OPTIONS, NOSNIFF);
    }

    private void route(RoutingContext context, HttpServerRequest request) {
        String path = context.normalizedPath();
        HttpMethod method = request.method();
        boolean isApi = api.matcher(path).matches();
        if (isApi) {
            // The answer is JSON whatever the caller accepts: the framework would answer 406.
            request.headers().remove(HttpHeaders.ACCEPT);
        }
        if (RequestBodyGuard.hasBody(request)) {
            RequestBodyGuard.closeConnectionAtEnd(context);
        }
        if (!isApi && !documentation.matcher(path).matches()) {
            // The framework answers OPTIONS of whatever is below a resource.
            if (HttpMethod.OPTIONS.equals(method) || notFound.matcher(path).matches()) {
                context.fail(404);
            } else {
                context.next();
            }
        } else if (HttpMethod.OPTIONS.equals(method)) {
            context.response()
                    .setStatusCode(204)
                    .putHeader(HttpHeaders.ALLOW, METHODS)
                    .end();
        } else if (!HttpMethod.GET.equals(method) && !HttpMethod.HEAD.equals(method)) {
            context.response().putHeader(HttpHeaders.ALLOW, METHODS);
            context.fail(405);
        } else if (isApi && !limiter.admit(context)) {
            context.fail(Failure.OVERLOADED);
        } else if (isApi && request.headers().getAll(HttpHeaders.AUTHORIZATION).size() > 1) {
            // The framework would take the first.
            context.fail(Failure.CREDENTIALS_MALFORMED);
        } else {
            context.next();
        }
    }
}
