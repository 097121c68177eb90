package dk.telecomx.pbx.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import dk.telecomx.pbx.error.ApiError;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.ext.Provider;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/** Writes an error, with its length also where HEAD asks and nothing follows. */
@Provider
public class ErrorWriter extends JsonWriter<ApiError> {

    ErrorWriter(ObjectMapper mapper) {
        super(ApiError.class, mapper);
    }

    @Override
    protected void send(HttpServerRequest request, byte[] body, ServerRequestContext context) {
        request.response()
                .putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(body.length))
                .end(Buffer.buffer(body));
    }
}
