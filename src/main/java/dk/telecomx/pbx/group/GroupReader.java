package dk.telecomx.pbx.group;

import dk.telecomx.pbx.authentication.Caller;
import dk.telecomx.pbx.authorization.AccessPolicy;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.bson.types.ObjectId;

/** The story of a read: find the group, see that the caller may read it, expand what was asked for. */
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

    /** The group as that caller may see it, or the {@link dk.telecomx.pbx.error.Failure} that says why not. */
    Uni<GroupView> read(ObjectId id, Caller caller, ExpandOptions wanted) {
        policy.requireReadingLevel(caller, id);
        return groups.byId(id)
                .call(group -> policy.authorise(caller, id, group.customer()))
                .map(groups::read)
                .chain(group -> expansion.expand(group, wanted));
    }
}
