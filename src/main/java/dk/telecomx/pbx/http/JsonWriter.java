package dk.telecomx.pbx.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyWriter;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/** Writes one type as JSON, once, to bytes; what becomes of them is {@link #send}'s affair. */
public abstract class JsonWriter<T> implements ServerMessageBodyWriter<T> {

    private final Class<T> written;
    private final ObjectWriter json;

    protected JsonWriter(Class<T> written, ObjectMapper mapper) {
        this.written = written;
        this.json = mapper.writerFor(written);
    }

    /** Ends the answer to that request with these bytes. */
    protected abstract void send(HttpServerRequest request, byte[] body, ServerRequestContext context);

    @Override
    public final boolean isWriteable(
            Class<?> type, Type generic, ResteasyReactiveResourceInfo target, MediaType mediaType) {
        return type == written;
    }

    @Override
    public final void writeResponse(T entity, Type generic, ServerRequestContext context) throws IOException {
        HttpServerRequest request = ((ResteasyReactiveRequestContext) context).unwrap(HttpServerRequest.class);
        send(request, json.writeValueAsBytes(entity), context);
    }

    @Override
    public final boolean isWriteable(Class<?> type, Type generic, Annotation[] annotations, MediaType mediaType) {
        return type == written;
    }

    @Override
    public final void writeTo(
            T entity,
            Class<?> type,
            Type generic,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, Object> headers,
            OutputStream out)
            throws IOException {
        json.writeValue(out, entity);
    }
}
