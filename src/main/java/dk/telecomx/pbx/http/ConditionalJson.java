package dk.telecomx.pbx.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** Answers with a representation, or with 304 to a caller that has it already (contract, section 6). */
public final class ConditionalJson {

    static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
    private static final CharSequence CACHE_CONTROL = HttpHeaders.createOptimized("private, no-cache");
    private static final CharSequence VARY = HttpHeaders.createOptimized("Authorization");

    private ConditionalJson() {}

    /**
     * Ends the answer to that request.
     *
     * @param json the representation: what is sent, and what the tag is of
     */
    public static void send(HttpServerRequest request, byte[] json) {
        String tag = EntityTag.of(json);
        HttpServerResponse response = request.response();
        response.headers()
                .set(HttpHeaders.ETAG, tag)
                .set(HttpHeaders.CACHE_CONTROL, CACHE_CONTROL)
                .add(HttpHeaders.VARY, VARY);
        if (EntityTag.isNamed(request.headers().getAll(HttpHeaders.IF_NONE_MATCH), tag)) {
            response.setStatusCode(304).end();
        } else {
            response.headers()
                    .set(HttpHeaders.CONTENT_TYPE, JSON)
                    .set(HttpHeaders.CONTENT_LENGTH, String.valueOf(json.length));
            response.end(Buffer.buffer(json));
        }
    }
}
