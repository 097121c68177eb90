package dk.telecomx.pbx.group;

import dk.telecomx.pbx.dialplan.DialplanItem;
import dk.telecomx.pbx.dialplan.DialplanRepository;
import dk.telecomx.pbx.error.Failure.GroupNotFound;
import dk.telecomx.pbx.error.Failure.GroupUnreadable;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.bson.types.ObjectId;

/** Reads groups, which lie among the other items of the dialplan. */
@Singleton
class GroupRepository {

    private final DialplanRepository dialplan;
    private final Counter unreadable;

    GroupRepository(DialplanRepository dialplan, MeterRegistry metrics) {
        this.dialplan = dialplan;
        unreadable = Counter.builder("pbx.groups.unreadable")
                .description("Reads of groups that could not be read, by callers who may")
                .register(metrics);
    }

    /** The stored group of that id, or {@link GroupNotFound}. */
    Uni<DialplanItem> byId(ObjectId id) {
        return dialplan.group(id).map(found -> found.orElseThrow(GroupNotFound::new));
    }

    /** The group as it is stored, or {@link GroupUnreadable}. For those who may see it: only they learn that it cannot be read. */
    Group read(DialplanItem stored) {
        try {
            return Group.of(stored.document());
        } catch (GroupUnreadable failure) {
            unreadable.increment();
            throw failure;
        }
    }
}
