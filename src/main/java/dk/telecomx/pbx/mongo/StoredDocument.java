package dk.telecomx.pbx.mongo;

import dk.telecomx.pbx.error.Failure;
import java.util.Map;
import org.bson.BsonInvalidOperationException;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * A document as an entity that cannot change. Missing and null fields have no value.
 *
 * <p>A document whose bytes are not BSON can still be carried around; asking for a field of it fails.
 */
public abstract class StoredDocument {

    private final ObjectId id;
    private final @Nullable Map<String, Object> values;

    /** @param values by field, as {@link ReadOnlyCodec} decodes them; null if the document is not BSON */
    protected StoredDocument(ObjectId id, @Nullable Map<String, Object> values) {
        this.id = id;
        this.values = values;
    }

    public final ObjectId id() {
        return id;
    }

    /** The value of a field, whatever its type. */
    protected final @Nullable Object value(String field) {
        if (values == null) {
            throw Failure.databaseFailed(new BsonInvalidOperationException("document " + id + " is not BSON"));
        }
        return values.get(field);
    }

    /** The value of a field, if it has that type. */
    protected final <T> @Nullable T valueIfA(Class<T> type, String field) {
        Object value = value(field);
        return type.isInstance(value) ? type.cast(value) : null;
    }
}
