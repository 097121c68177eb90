package dk.telecomx.pbx.group;

import com.fasterxml.jackson.databind.ObjectMapper;
import dk.telecomx.pbx.http.ConditionalJson;
import dk.telecomx.pbx.http.JsonWriter;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.ext.Provider;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/** Writes a group: its bytes are what is sent, and what the ETag is of. */
@Provider
public class GroupWriter extends JsonWriter<GroupView> {

    GroupWriter(ObjectMapper mapper) {
        super(GroupView.class, mapper);
    }

    @Override
    protected void send(HttpServerRequest request, byte[] body, ServerRequestContext context) {
        // All headers are set by ConditionalJson: what the framework would add is a charset, which JSON does not have.
        context.serverResponse().setPreCommitListener(null);
        ConditionalJson.send(request, body);
    }
}
