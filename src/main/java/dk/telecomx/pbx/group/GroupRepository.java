package dk.telecomx.pbx.group;

import dk.telecomx.pbx.batching.BatchLoader;
import dk.telecomx.pbx.batching.BatchLoaders;
import dk.telecomx.pbx.error.Failure.GroupNotFound;
import dk.telecomx.pbx.error.Failure.GroupUnreadable;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.mongodb.panache.reactive.ReactivePanacheMongoRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.bson.types.ObjectId;

/** Reads groups from MongoDB, where they lie among the other items. An item of another type is no group. */
@Singleton
class GroupRepository implements ReactivePanacheMongoRepositoryBase<StoredGroup, ObjectId> {

    private final BatchLoader lookup;
    private final Counter unreadable;

    GroupRepository(BatchLoaders lookups, MeterRegistry metrics) {
        unreadable = Counter.builder("pbx.groups.unreadable")
                .description("Reads of groups that could not be read, by callers who may")
                .register(metrics);
        lookup = lookups.over("item", this::mongoCollection, StoredGroup.FIELDS);
    }

    /** The group of that id, or {@link GroupNotFound}. */
    Uni<StoredGroup> byId(ObjectId id) {
        return lookup.byId(id).map(found -> found.map(stored -> StoredGroup.of(id, stored))
                .filter(StoredGroup::isGroup)
                .orElseThrow(GroupNotFound::new));
    }

    /** The group as it is stored, or {@link GroupUnreadable}. */
    Group read(StoredGroup stored) {
        try {
            return stored.read();
        } catch (GroupUnreadable failure) {
            unreadable.increment();
            throw failure;
        }
    }
}
