package dk.telecomx.pbx.ceiling;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Answers every group with the same body: no token, no database, nothing to decide. */
@Path("/pbx/group/{id}")
public class Ceiling {

    private final String body;

    Ceiling(@ConfigProperty(name = "ceiling.body") String body) {
        this.body = body;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<String> group() {
        return Uni.createFrom().item(body);
    }
}
