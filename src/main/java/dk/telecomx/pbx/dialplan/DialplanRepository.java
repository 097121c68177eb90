package dk.telecomx.pbx.dialplan;

import dk.telecomx.pbx.batching.BatchLoader;
import dk.telecomx.pbx.batching.BatchLoaders;
import dk.telecomx.pbx.batching.Documents;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.mongodb.panache.reactive.ReactivePanacheMongoRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.bson.RawBsonDocument;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * Reads dialplan items from MongoDB: many ids, one query. Nothing of another customer leaves it.
 *
 * <p>An id that resolves to nothing is simply not in the answer, whatever the reason; the reason is told to a metric alone.
 */
@Singleton
public class DialplanRepository implements ReactivePanacheMongoRepositoryBase<DialplanItem, ObjectId> {

    private final BatchLoader lookup;
    private final Counter missing;
    private final Counter foreign;
    private final Counter wrongType;

    DialplanRepository(BatchLoaders lookups, MeterRegistry metrics) {
        lookup = lookups.over("item", this::mongoCollection, "type", "customer", "number", "name");
        missing = unresolved(metrics, "missing");
        foreign = unresolved(metrics, "foreign");
        wrongType = unresolved(metrics, "wrong-type");
    }

    /** The extensions of that customer among these ids, by id. */
    public Uni<Map<ObjectId, DialplanItem>> extensions(@Nullable ObjectId customer, Set<ObjectId> ids) {
        return resolve(customer, ids, "EXTENSION"::equals);
    }

    /** The items of that customer among these ids, of whatever type, by id. */
    public Uni<Map<ObjectId, DialplanItem>> items(@Nullable ObjectId customer, Set<ObjectId> ids) {
        return resolve(customer, ids, Objects::nonNull);
    }

    private Uni<Map<ObjectId, DialplanItem>> resolve(
            @Nullable ObjectId customer, Set<ObjectId> ids, Predicate<@Nullable String> type) {
        return lookup.byIds(ids).map(found -> resolve(customer, ids, type, found));
    }

    private Map<ObjectId, DialplanItem> resolve(
            @Nullable ObjectId customer, Set<ObjectId> ids, Predicate<@Nullable String> type, Documents found) {
        Map<ObjectId, DialplanItem> resolved = new HashMap<>(ids.size() * 2);
        for (ObjectId id : ids) {
            RawBsonDocument stored = found.get(id);
            if (stored == null) {
                missing.increment();
                continue;
            }
            DialplanItem item = DialplanItem.of(id, stored);
            if (customer == null || !customer.equals(item.customer())) {
                foreign.increment();
            } else if (!type.test(item.type())) {
                wrongType.increment();
            } else {
                resolved.put(id, item);
            }
        }
        return resolved;
    }

    private static Counter unresolved(MeterRegistry metrics, String reason) {
        return Counter.builder("pbx.references.unresolved")
                .description("References of groups that resolved to nothing, by reason")
                .tag("reason", reason)
                .register(metrics);
    }
}
