package dk.telecomx.pbx.group;

import dk.telecomx.pbx.authentication.Caller;
import dk.telecomx.pbx.error.Failure;
import dk.telecomx.pbx.http.ApiRoute;
import dk.telecomx.pbx.http.ConcurrencyLimiter;
import dk.telecomx.pbx.http.JsonResponseFilter;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.bson.types.ObjectId;
import org.jboss.resteasy.reactive.RestPath;

/** {@code GET /pbx/group/{id}} and {@code HEAD} (contract, sections 2 and 3). */
@Path(GroupResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
class GroupResource {

    static final String PATH = "/pbx/group";

    private final SecurityIdentity identity;
    private final GroupReader reader;
    private final ConcurrencyLimiter limiter;
    private final JsonResponseFilter json;

    GroupResource(SecurityIdentity identity, GroupReader reader, ConcurrencyLimiter limiter, JsonResponseFilter json) {
        this.identity = identity;
        this.reader = reader;
        this.limiter = limiter;
        this.json = json;
    }

    @GET
    @Path("{id}")
    public Uni<byte[]> group(@RestPath String id, @Context HttpServerRequest request) {
        return read(id, request);
    }

    @GET
    public Uni<byte[]> withoutId(@Context HttpServerRequest request) {
        return read("", request);
    }

    private Uni<byte[]> read(String id, HttpServerRequest request) {
        ObjectId group = groupId(id, request.path());
        return limiter.withinTimeLimit(reader.read(group, Caller.of(identity), ExpandOptions.parse(request.query()))
                .map(json::serialize));
    }

    private static ObjectId groupId(String id, String path) {
        // The framework takes what follows a semicolon for a parameter of the path; here it makes the id another one.
        if (!ObjectId.isValid(id) || path.indexOf(';') >= 0) {
            throw Failure.badRequest("Id not found in requestURI");
        }
        return new ObjectId(id);
    }

    @jakarta.enterprise.inject.Produces
    @Singleton
    static ApiRoute route() {
        return new ApiRoute(PATH);
    }
}
