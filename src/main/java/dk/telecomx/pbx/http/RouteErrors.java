package dk.telecomx.pbx.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dk.telecomx.pbx.error.ErrorMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Gives what fails before or beside the resources (a bad escape, a missing Host, a stranger's origin) the contract's body too. */
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

    private void handle(RoutingContext context) {
        HttpServerResponse response = context.response();
        if (response.headWritten()) {
            context.request().connection().close();
            return;
        }
        ErrorMapper.Answer answer = errors.answer(context.statusCode(), context.failure());
        answer.headers().forEach(response::putHeader);
        if (!response.headers().contains(RequestId.HEADER)) {
            response.putHeader(RequestId.HEADER, RequestId.of(context.request().getHeader(RequestId.HEADER)));
        }
        response.putHeader(CommonHeaders.CONTENT_TYPE_OPTIONS, CommonHeaders.NOSNIFF)
                .putHeader(HttpHeaders.CONTENT_TYPE, ConditionalJson.JSON)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .setStatusCode(answer.status());
        Buffer body = body(answer);
        response.putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(body.length()))
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
