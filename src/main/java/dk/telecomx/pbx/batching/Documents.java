package dk.telecomx.pbx.batching;

import org.bson.RawBsonDocument;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * What a query brought back, to be asked by id alone: it may hold other waiters' documents too, and cannot be listed.
 */
@FunctionalInterface
public interface Documents {

    /** The document of that id as the database sent it: nobody can change it, and whoever asks decodes it; null if there is none. */
    @Nullable
    RawBsonDocument get(ObjectId id);
}
