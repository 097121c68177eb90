package dk.telecomx.pbx.dialplan;

import dk.telecomx.pbx.batching.BatchLoader;
import dk.telecomx.pbx.batching.BatchLoaders;
import dk.telecomx.pbx.mongo.ByIdRepository;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * Reads groups, and the items that they refer to, from MongoDB: many ids, one query. Of items it shows those of one customer only.
 *
 * <p>An id that resolves to nothing is simply not in the answer, whatever the reason; only a metric tells the reasons apart.
 */
@Singleton
public class DialplanRepository {

    /** The collection, with what is read of it. */
    @Singleton
    static class Items extends ByIdRepository<DialplanItem> {
        Items() {
            super(DialplanItem.FIELDS);
        }
    }

    private final BatchLoader<ObjectId, DialplanItem> loader;
    private final Counter missing;
    private final Counter foreign;
    private final Counter wrongType;

    DialplanRepository(Items items, BatchLoaders loaders, MeterRegistry metrics) {
        loader = loaders.over("item", items::byIds);
        missing = unresolved("missing", metrics);
        foreign = unresolved("foreign", metrics);
        wrongType = unresolved("wrong-type", metrics);
    }

    /** The group of that id; empty where there is no such item, or it is of another type. */
    public Uni<Optional<DialplanItem>> group(ObjectId id) {
        return loader.byKey(id).map(found -> found.filter(item -> "GROUP".equals(item.type())));
    }

    /** The extensions of that customer among these ids, by id. */
    public Uni<Map<ObjectId, DialplanItem>> extensions(@Nullable ObjectId customer, Set<ObjectId> ids) {
        return loader.byKeys(ids).map(found -> resolve(customer, ids, "EXTENSION"::equals, found));
    }

    /** The items of that customer among these ids, of whatever type, by id. */
    public Uni<Map<ObjectId, DialplanItem>> items(@Nullable ObjectId customer, Set<ObjectId> ids) {
        return loader.byKeys(ids).map(found -> resolve(customer, ids, Objects::nonNull, found));
    }

    private Map<ObjectId, DialplanItem> resolve(
            @Nullable ObjectId customer,
            Set<ObjectId> ids,
            Predicate<@Nullable String> type,
            Function<ObjectId, @Nullable DialplanItem> found) {
        Map<ObjectId, DialplanItem> resolved = new HashMap<>(ids.size() * 2);
        for (ObjectId id : ids) {
            DialplanItem item = found.apply(id);
            if (item == null) {
                missing.increment();
            } else if (customer == null || !customer.equals(item.customer())) {
                foreign.increment();
            } else if (!type.test(item.type())) {
                wrongType.increment();
            } else {
                resolved.put(id, item);
            }
        }
        return resolved;
    }

    private static Counter unresolved(String reason, MeterRegistry metrics) {
        return Counter.builder("pbx.references.unresolved")
                .description("References of groups that resolved to nothing, by reason")
                .tag("reason", reason)
                .register(metrics);
    }
}
