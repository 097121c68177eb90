package dk.telecomx.pbx.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/**
 * Guards where a request ends and the next one on its connection begins (RFC 9112, sections 3.2 and 6). No request here needs a body: one
 * that comes is discarded, and the connection ends with the answer.
 */
final class RequestBodyGuard {

    /** Lets the client read the response: bytes that arrive at a closed connection would discard it. */
    private static final long CLOSE_DELAY_MILLIS = 500;

    private RequestBodyGuard() {}

    /** Whether there is one Host at most, and no transfer coding that a gateway might read differently. */
    static boolean hasUnambiguousFraming(HttpServerRequest request) {
        List<String> codings = request.headers().getAll(HttpHeaders.TRANSFER_ENCODING);
        boolean isChunked = codings.size() == 1 && codings.get(0).equalsIgnoreCase("chunked");
        return request.headers().getAll(HttpHeaders.HOST).size() <= 1
                && (codings.isEmpty() || (isChunked && request.version() == HttpVersion.HTTP_1_1));
    }

    static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return (length != null && !length.equals("0")) || request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
    }

    /** Closes the connection once the request is answered: what follows on it is a body, or cannot be trusted to be a request. */
    static void closeConnectionAtEnd(RoutingContext context) {
        context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        context.request().handler(part -> {});
        context.addEndHandler(end -> close(context));
    }

    private static void close(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (request.isEnded()) {
            request.connection().close();
        } else {
            request.endHandler(end -> request.connection().close()).resume();
            context.vertx()
                    .setTimer(CLOSE_DELAY_MILLIS, late -> request.connection().close());
        }
    }
}
