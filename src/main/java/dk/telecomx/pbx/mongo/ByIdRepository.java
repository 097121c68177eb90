package dk.telecomx.pbx.mongo;

import dk.telecomx.pbx.error.Failure;
import io.quarkus.mongodb.FindOptions;
import io.quarkus.mongodb.panache.reactive.ReactivePanacheMongoRepositoryBase;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/** A Panache repository that finds its documents by their ids, and reads the given fields only. */
public abstract class ByIdRepository<T extends StoredDocument>
        implements ReactivePanacheMongoRepositoryBase<T, ObjectId> {

    private final Document projection = new Document();
    private @Nullable ReactiveMongoCollection<T> collection;

    protected ByIdRepository(List<String> fields) {
        fields.forEach(field -> projection.append(field, 1));
    }

    /** What there is of those ids; fails with {@link Failure#databaseFailed}. */
    public final Uni<Map<ObjectId, T>> byIds(Set<ObjectId> ids) {
        return query(ids).onFailure().transform(Failure::databaseFailed);
    }

    /** Fails as the driver does; finds nothing. */
    public final Uni<Void> probe() {
        return query(Set.of(new ObjectId())).replaceWithVoid();
    }

    private Uni<Map<ObjectId, T>> query(Set<ObjectId> ids) {
        // The reply has room for everything: the driver does not retry a getMore.
        FindOptions options = new FindOptions().projection(projection).batchSize(ids.size() + 1);
        if (collection == null) {
            // Kept, as Panache looks it up anew each time.
            collection = mongoCollection();
        }
        return collection
                .find(new Document("_id", new Document("$in", List.copyOf(ids))), options)
                .collect()
                .in(HashMap::new, (byId, document) -> byId.put(document.id(), document));
    }
}
