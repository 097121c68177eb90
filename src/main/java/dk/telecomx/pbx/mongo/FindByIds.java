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
import java.util.function.Function;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/** Finds the documents of a Panache repository by their ids, and reads the given fields only. */
public final class FindByIds<T> {

    private final ReactivePanacheMongoRepositoryBase<T, ObjectId> repository;
    private final Function<T, ObjectId> id;
    private final Document projection = new Document();
    private volatile @Nullable ReactiveMongoCollection<T> collection;

    public FindByIds(
            ReactivePanacheMongoRepositoryBase<T, ObjectId> repository,
            Map<String, FieldType> fields,
            Function<T, ObjectId> id) {
        this.repository = repository;
        this.id = id;
        fields.keySet().forEach(field -> projection.append(field, 1));
    }

    /**
     * What there is of those ids; fails with {@link Failure#databaseFailed}. The reply has room for everything, since the driver does not retry a
     * getMore.
     */
    public Uni<Map<ObjectId, T>> find(Set<ObjectId> ids) {
        return query(ids).onFailure().transform(Failure::databaseFailed);
    }

    /** Fails as the driver does; finds nothing. */
    public Uni<Void> probe() {
        return query(Set.of(new ObjectId())).replaceWithVoid();
    }

    private Uni<Map<ObjectId, T>> query(Set<ObjectId> ids) {
        return collection()
                .find(
                        new Document("_id", new Document("$in", List.copyOf(ids))),
                        new FindOptions().projection(projection).batchSize(ids.size() + 1))
                .collect()
                .asList()
                .map(this::byId);
    }

    private Map<ObjectId, T> byId(List<T> found) {
        Map<ObjectId, T> byId = new HashMap<>(found.size() * 2);
        found.forEach(entity -> byId.put(id.apply(entity), entity));
        return byId;
    }

    /** Kept: Panache looks up client, database and codec at each call. Not before the first read: there is no client at build time. */
    private ReactiveMongoCollection<T> collection() {
        ReactiveMongoCollection<T> known = collection;
        if (known == null) {
            known = repository.mongoCollection();
            collection = known;
        }
        return known;
    }
}
