package dk.telecomx.pbx.group;

import dk.telecomx.pbx.authentication.Caller;
import dk.telecomx.pbx.authorization.AccessPolicy;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.bson.types.ObjectId;

/** Reads a group for a caller: finds it, checks that the caller may read it, expands what was asked for. */
@Singleton
@Startup
class GroupReader {

    private final GroupRepository groups;
    private final AccessPolicy policy;
    private final Expansion expansion;

    GroupReader(GroupRepository groups, AccessPolicy policy, Expansion expansion) {
        this.groups = groups;
        this.policy = policy;
        this.expansion = expansion;
    }

    /** The group, or the {@link dk.telecomx.pbx.error.Failure} that says why not. */
    Uni<GroupView> read(ObjectId id, Caller caller, ExpandOptions options) {
        policy.requireReadingLevel(caller, id);
        return groups.byId(id)
                .call(group -> policy.authorize(caller, id, group.customer()))
                .map(groups::read)
                .chain(group -> expansion.expand(group, options));
    }
}
