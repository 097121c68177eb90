package dk.telecomx.pbx.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dk.telecomx.pbx.error.ErrorMapper;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Gives what fails before or beside the resources (a missing Host, an unknown path of the operators') the contract's body too. */
@Singleton
class RouteErrors {

    /** Before the framework's own, which has a body of its own. */
    private static final int FIRST = Integer.MIN_VALUE;

    private final ErrorMapper errors;
    private final ObjectMapper json;

    RouteErrors(ErrorMapper errors, ObjectMapper json) {
        this.errors = errors;
        this.json = json;
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
        if (!RequestId.isGiven(context)) {
            RequestFilter.mark(context);
        }
        ErrorMapper.Answer answer = errors.answer(context.statusCode(), context.failure());
        answer.headers().forEach(response::putHeader);
        Buffer body = body(answer);
        response.setStatusCode(answer.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, ConditionalJson.JSON)
                .putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(body.length()))
                .end(body);
    }

    private Buffer body(ErrorMapper.Answer answer) {
        try {
            return Buffer.buffer(json.writeValueAsBytes(answer.body()));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
