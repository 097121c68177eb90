package dk.telecomx.pbx.group;

import dk.telecomx.pbx.authentication.Caller;
import dk.telecomx.pbx.authorization.AccessPolicy;
import dk.telecomx.pbx.dialplan.DialplanRepository;
import dk.telecomx.pbx.error.Failure;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.bson.types.ObjectId;

/** Reads a group for a caller: finds it, checks that the caller may read it, expands what was asked for. */
@Singleton
@Startup
class GroupReader {

    private final DialplanRepository dialplan;
    private final AccessPolicy policy;
    private final Expansion expansion;

    GroupReader(DialplanRepository dialplan, AccessPolicy policy, Expansion expansion) {
        this.dialplan = dialplan;
        this.policy = policy;
        this.expansion = expansion;
    }

    /** The group, or the {@link Failure} that says why not. An unreadable group is reported only to callers who may read it. */
    Uni<GroupView> read(ObjectId id, Caller caller, ExpandOptions options) {
        policy.requireReadingLevel(caller, id);
        return dialplan.group(id)
                .map(found -> found.orElseThrow(() -> Failure.GROUP_NOT_FOUND))
                .call(group -> policy.authorize(caller, id, group.customer()))
                .chain(group -> expansion.expand(group, options));
    }
}
