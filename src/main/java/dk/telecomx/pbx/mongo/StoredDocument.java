package dk.telecomx.pbx.mongo;

import java.util.function.Function;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/** A document as an entity that cannot change. Missing and null fields have no value; where the bytes are not BSON, asking for a field fails. */
public abstract class StoredDocument {

    private final ObjectId id;
    private final Function<String, @Nullable Object> values;

    /** @param values of the fields that are read, as {@link ReadOnlyCodec} decodes them */
    protected StoredDocument(ObjectId id, Function<String, @Nullable Object> values) {
        this.id = id;
        this.values = values;
    }

    public final ObjectId id() {
        return id;
    }

    /** The value of a field, whatever its type. */
    protected final @Nullable Object value(String field) {
        return values.apply(field);
    }

    /** The value of a field, if it has that type. */
    protected final <T> @Nullable T valueIfA(Class<T> type, String field) {
        Object value = value(field);
        return type.isInstance(value) ? type.cast(value) : null;
    }
}
