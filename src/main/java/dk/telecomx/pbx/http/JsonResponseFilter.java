package dk.telecomx.pbx.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MediaType;
import java.io.UncheckedIOException;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Serializes what a resource publishes, once, to the bytes that are sent and that the ETag is of; answers 304 where the caller has them
 * (contract, section 6). HEAD is answered as GET, without the bytes.
 */
@Singleton
public class JsonResponseFilter {

    private static final CharSequence PRIVATE = HttpHeaders.createOptimized("private, no-cache");
    private static final CharSequence AUTHORIZATION = HttpHeaders.createOptimized("Authorization");

    private final ObjectMapper mapper;

    JsonResponseFilter(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /** JSON, for a resource to return. For a value itself the framework looks for a writer at each request: a tenth of a read's CPU. */
    public byte[] serialize(Object published) {
        try {
            return mapper.writeValueAsBytes(published);
        } catch (JsonProcessingException bug) {
            throw new UncheckedIOException(bug);
        }
    }

    @ServerResponseFilter
    public void tag(ContainerResponseContext response, HttpServerRequest request) {
        if (response.getStatus() != 200 || !response.hasEntity()) {
            return;
        }
        byte[] json = response.getEntity() instanceof byte[] bytes ? bytes : serialize(response.getEntity());
        String tag = EntityTag.of(json);
        MultiMap headers = request.response().headers();
        if (EntityTag.isNamed(request.headers().getAll(HttpHeaders.IF_NONE_MATCH), tag)) {
            response.setStatus(304);
            response.setEntity(null);
        } else {
            if (json != response.getEntity()) {
                response.setEntity(json);
            }
            // Here, or the framework adds a charset to it.
            response.getHeaders().putSingle("Content-Type", MediaType.APPLICATION_JSON);
            headers.set(HttpHeaders.CONTENT_LENGTH, String.valueOf(json.length));
        }
        headers.set(HttpHeaders.ETAG, tag)
                .set(HttpHeaders.CACHE_CONTROL, PRIVATE)
                .add(HttpHeaders.VARY, AUTHORIZATION);
    }
}
