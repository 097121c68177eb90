package dk.telecomx.pbx.http;

import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;

/**
 * Guards where a request ends and the next one on its connection begins (RFC 9112, sections 3.2 and 6). No request here needs a body: a
 * small one is discarded and the connection goes on; a larger one closes it.
 */
final class RequestBodyGuard {

    private static final int MAX_BODY = 4096;
    /** Lets the client read the response: bytes that arrive at a closed connection would discard it. */
    private static final long CLOSE_DELAY_MILLIS = 500;

    private static final Handler<Buffer> DISCARD = part -> {};

    private RequestBodyGuard() {}

    /** Whether there is one Host at most, and no transfer coding that a gateway might read differently. */
    static boolean isFramingClear(HttpServerRequest request) {
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

    /** Discards the body; true if its announced length is too large. */
    static boolean discard(RoutingContext context) {
        HttpServerRequest request = context.request();
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length != null && Long.parseLong(length) > MAX_BODY) {
            closeConnectionAtEnd(context);
            return true;
        }
        request.handler(length == null ? new Chunks(context) : DISCARD);
        // Whatever answers may pause it.
        context.addEndHandler(answered -> request.resume());
        return false;
    }

    /** Closes the connection once the request is answered: what follows on it cannot be trusted to be a request. */
    static void closeConnectionAtEnd(RoutingContext context) {
        context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        context.request().handler(DISCARD);
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

    /** Counts and discards a body of unknown length. */
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
                closeConnectionAtEnd(context);
            }
        }
    }
}
