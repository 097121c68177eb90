package dk.telecomx.pbx.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Serializes what a resource publishes, once, to the bytes that are sent and that the ETag is of; answers 304 where the caller has them
 * (contract, section 6). HEAD is answered as GET, without the bytes.
 */
@Singleton
public class JsonResponseFilter {

    private static final Annotation[] NO_ANNOTATIONS = {};

    private final ObjectMapper mapper;

    JsonResponseFilter(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /**
     * JSON, for a resource to return: a resource may return the value itself, but then the framework looks for a writer at each request, at
     * a tenth of its CPU.
     */
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
        boolean isSerialized = response.getEntity() instanceof byte[];
        byte[] json = isSerialized ? (byte[]) response.getEntity() : serialize(response.getEntity());
        String tag = EntityTag.of(json);
        boolean unchanged = EntityTag.isNamed(request.headers().getAll(HttpHeaders.IF_NONE_MATCH), tag);
        if (unchanged) {
            response.setStatus(304);
            response.setEntity(null);
        } else if (!isSerialized) {
            response.setEntity(json, NO_ANNOTATIONS, MediaType.APPLICATION_JSON_TYPE);
        }
        MultivaluedMap<String, Object> headers = response.getHeaders();
        if (!unchanged) {
            headers.putSingle(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON);
            headers.putSingle(HttpHeaders.CONTENT_LENGTH, String.valueOf(json.length));
        }
        headers.putSingle(HttpHeaders.ETAG, tag);
        headers.putSingle(HttpHeaders.CACHE_CONTROL, "private, no-cache");
        headers.add(HttpHeaders.VARY, HttpHeaders.AUTHORIZATION);
    }
}
