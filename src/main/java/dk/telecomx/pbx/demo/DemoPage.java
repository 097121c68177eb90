package dk.telecomx.pbx.demo;

import io.quarkus.arc.profile.IfBuildProfile;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Serves dev mode's page at the root, and what it shows below /demo. */
@ApplicationScoped
@IfBuildProfile("dev")
class DemoPage {

    private static final String JSON = "application/json";
    private static final String TEXT = "text/plain;charset=UTF-8";

    /** Nothing from elsewhere, nothing inline. */
    private static final String CONTENT_SECURITY_POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none';"
            + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final DemoCallers callers;
    private final DemoData data;
    private final DecisionLog decisions;

    DemoPage(DemoCallers callers, DemoData data, DecisionLog decisions) {
        this.callers = callers;
        this.data = data;
        this.decisions = decisions;
    }

    void register(@Observes Router router) {
        file(router, "/", "page.html", "text/html;charset=UTF-8");
        file(router, "/demo/page.css", "page.css", "text/css;charset=UTF-8");
        file(router, "/demo/page.js", "page.js", "text/javascript;charset=UTF-8");
        // Signing takes its time, and asking the database waits: neither belongs on an event loop.
        router.get("/demo/callers")
                .blockingHandler(context -> send(
                        context,
                        JSON,
                        callers.introduced(address(context.request())).encodePrettily()));
        router.get("/demo/callers/:name")
                .blockingHandler(context -> callers.command(context.pathParam("name"), address(context.request()))
                        .ifPresentOrElse(command -> send(context, TEXT, command + "\n"), () -> context.fail(404)));
        router.get("/demo/data")
                .blockingHandler(context -> send(context, JSON, data.described().encode()));
        router.get("/demo/decisions/:requestId")
                .handler(context -> send(
                        context,
                        JSON,
                        decisions
                                .of(context.pathParam("requestId"))
                                .orElseGet(JsonObject::new)
                                .encode()));
    }

    private static void file(Router router, String path, String name, String type) {
        router.get(path).handler(context -> send(context, type, DemoData.text("demo/" + name)));
    }

    private static String address(HttpServerRequest request) {
        return request.scheme() + "://" + request.authority();
    }

    private static void send(RoutingContext context, String type, String body) {
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, type)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                .end(body);
    }
}
