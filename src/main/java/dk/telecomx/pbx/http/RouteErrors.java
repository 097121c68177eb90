package dk.telecomx.pbx.http;

import dk.telecomx.pbx.error.ErrorMapper;
import dk.telecomx.pbx.error.Failure;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Answers what fails outside the resources (a missing Host, an unknown path on the management port) with the contract's body, too. */
@Singleton
class RouteErrors {

    /** Before the framework's own, which has a body of its own. */
    private static final int FIRST = Integer.MIN_VALUE;

    private final ErrorMapper errors;

    RouteErrors(ErrorMapper errors) {
        this.errors = errors;
    }

    void register(@Observes Router router) {
        router.route().order(FIRST).failureHandler(this::handle);
    }

    void register(@Observes ManagementInterface management) {
        Router router = management.router();
        router.route().order(FIRST).failureHandler(this::handle);
        router.errorHandler(404, this::handle).errorHandler(405, this::handle);
    }

    private void handle(RoutingContext context) {
        HttpServerResponse response = context.response();
        if (response.headWritten()) {
            context.request().connection().close();
            return;
        }
        // A request may fail before the filter, and on the management port there is none.
        RequestFilter.addHeaders(context);
        Failure error = errors.failure(context.statusCode(), context.failure(), context.request());
        error.headers().forEach(response::putHeader);
        response.setStatusCode(error.status()).end(Buffer.buffer(error.body()));
    }
}
