package dk.telecomx.pbx.batching;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.impl.ContextInternal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/** A database that answers when the test says so, and remembers what it was asked. */
final class Source {

    /** A query as it arrived. */
    static final class Asked {
        final Collection<ObjectId> live;
        final Set<ObjectId> ids;
        final @Nullable ContextInternal context = ContextInternal.current();
        private final UniEmitter<? super List<RawBsonDocument>> emitter;
        private boolean open = true;
        boolean cancelled;

        Asked(Collection<ObjectId> ids, UniEmitter<? super List<RawBsonDocument>> emitter) {
            this.live = ids;
            this.ids = Set.copyOf(ids);
            this.emitter = emitter;
            emitter.onTermination(() -> {
                cancelled = open;
                open = false;
            });
        }

        boolean isOpen() {
            return open;
        }

        /** Answers with a document for each id. */
        void answer() {
            answer(ids.stream().map(Source::document).toList());
        }

        void answer(List<RawBsonDocument> documents) {
            open = false;
            emitter.complete(documents);
        }

        void fail(Throwable failure) {
            open = false;
            emitter.fail(failure);
        }
    }

    final List<Asked> queries = new ArrayList<>();

    Uni<List<RawBsonDocument>> byIds(Collection<ObjectId> ids) {
        return Uni.createFrom().emitter(emitter -> queries.add(new Asked(ids, emitter)));
    }

    Asked query(int number) {
        return queries.get(number);
    }

    List<Asked> open() {
        return queries.stream().filter(Asked::isOpen).toList();
    }

    static RawBsonDocument document(ObjectId id) {
        return raw(new BsonDocument("_id", new BsonObjectId(id)).append("name", new BsonString("item " + id)));
    }

    static RawBsonDocument raw(BsonDocument document) {
        return new RawBsonDocument(document, new BsonDocumentCodec());
    }
}
