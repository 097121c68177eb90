package dk.telecomx.pbx.http;

import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;

/**
 * Where a request ends and the next one on its connection begins (RFC 9112, sections 3.2 and 6).
 *
 * <p>Nothing here has a body. A small one is read past, so that the connection can go on; one that is not small ends the connection.
 */
final class RequestBodyGuard {

    private static final int MAX_BODY = 4096;
    /** For the client to read the answer: what it still sends to a closed connection takes the answer away. */
    private static final long PARTING_MILLIS = 500;

    private static final Handler<Buffer> READ_PAST = part -> {};

    private RequestBodyGuard() {}

    /** Whether one host is named, and the end of the request is told in the one way, if any, that everybody understands. */
    static boolean isClear(HttpServerRequest request) {
        MultiMap headers = request.headers();
        return headers.getAll(HttpHeaders.HOST).size() <= 1
                && (!headers.contains(HttpHeaders.TRANSFER_ENCODING) || isChunked(request));
    }

    private static boolean isChunked(HttpServerRequest request) {
        MultiMap headers = request.headers();
        return request.version() == HttpVersion.HTTP_1_1
                && headers.getAll(HttpHeaders.TRANSFER_ENCODING).size() == 1
                && "chunked".equalsIgnoreCase(headers.get(HttpHeaders.TRANSFER_ENCODING));
    }

    static boolean hasBody(HttpServerRequest request) {
        return request.headers().contains(HttpHeaders.CONTENT_LENGTH)
                || request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
    }

    /** Sees to the body of that request; true if it says itself that it is too large. */
    static boolean readPast(RoutingContext context) {
        HttpServerRequest request = context.request();
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length != null && Long.parseLong(length) > MAX_BODY) {
            endConnection(context);
            return true;
        }
        request.handler(length == null ? new Chunks(context) : READ_PAST);
        // Whatever answers may pause it.
        context.addEndHandler(answered -> request.resume());
        return false;
    }

    /** Ends the connection once the request is answered: nothing that follows on it is a request. */
    static void endConnection(RoutingContext context) {
        context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        context.request().handler(READ_PAST);
        context.addEndHandler(answered -> part(context));
    }

    private static void part(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (request.isEnded()) {
            request.connection().close();
        } else {
            request.endHandler(end -> request.connection().close()).resume();
            context.vertx()
                    .setTimer(PARTING_MILLIS, late -> request.connection().close());
        }
    }

    /** Reads past a body that does not say how large it is. */
    private static final class Chunks implements Handler<Buffer> {

        private final RoutingContext context;
        private int read;

        Chunks(RoutingContext context) {
            this.context = context;
        }

        @Override
        public void handle(Buffer part) {
            read += part.length();
            if (read <= MAX_BODY) {
                return;
            }
            if (context.response().ended()) {
                context.request().connection().close();
            } else if (!context.response().headWritten()) {
                endConnection(context);
            }
        }
    }
}
