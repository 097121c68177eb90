package dk.telecomx.pbx.group;

import dk.telecomx.pbx.authentication.BearerAuthenticator;
import dk.telecomx.pbx.authentication.Caller;
import dk.telecomx.pbx.error.Failure.BadRequest;
import dk.telecomx.pbx.http.ConcurrencyLimiter;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import org.bson.types.ObjectId;
import org.jboss.resteasy.reactive.RestPath;

/** {@code GET /pbx/group/{id}} (contract, sections 2 and 3). */
@Path("/pbx/group")
class GroupResource {

    private final ConcurrencyLimiter admission;
    private final BearerAuthenticator callers;
    private final GroupReader reader;

    GroupResource(ConcurrencyLimiter admission, BearerAuthenticator callers, GroupReader reader) {
        this.admission = admission;
        this.callers = callers;
        this.reader = reader;
    }

    @GET
    @Path("{id}")
    public Uni<GroupView> group(@RestPath String id, @Context HttpServerRequest request) {
        return admission.admit(() -> {
            Caller caller = callers.of(request.headers());
            return reader.read(groupId(id), caller, ExpandOptions.in(request.query()));
        });
    }

    @GET
    public Uni<GroupView> withoutId(@Context HttpServerRequest request) {
        return group("", request);
    }

    private static ObjectId groupId(String id) {
        if (!ObjectId.isValid(id)) {
            throw new BadRequest("Id not found in requestURI");
        }
        return new ObjectId(id);
    }
}
