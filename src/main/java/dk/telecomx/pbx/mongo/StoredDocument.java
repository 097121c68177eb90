package dk.telecomx.pbx.mongo;

import dk.telecomx.pbx.error.Failure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonBinaryReader;
import org.bson.BsonInvalidOperationException;
import org.bson.BsonReader;
import org.bson.BsonType;
import org.bson.RawBsonDocument;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * The fields that are read of a stored document. Missing, null and mistyped fields have no value.
 *
 * <p>A document whose bytes are not BSON can still be carried around; asking for a field of it fails.
 */
public final class StoredDocument {

    private final ObjectId id;
    private final Map<String, Object> values;
    private final List<String> mistyped;
    private final @Nullable RuntimeException malformed;

    private StoredDocument(
            ObjectId id, Map<String, Object> values, List<String> mistyped, @Nullable RuntimeException malformed) {
        this.id = id;
        this.values = values;
        this.mistyped = mistyped;
        this.malformed = malformed;
    }

    /** Reads the fields of a document, in one pass and whatever their order. It must begin with its {@code _id}, as the database sends it. */
    static StoredDocument of(RawBsonDocument bytes, Map<String, FieldType> fields) {
        try (BsonReader reader = reader(bytes)) {
            return read(reader, fields);
        } catch (RuntimeException malformed) {
            return new StoredDocument(id(bytes), Map.of(), List.of(), malformed);
        }
    }

    private static BsonReader reader(RawBsonDocument bytes) {
        return new BsonBinaryReader(bytes.getByteBuffer().asNIO());
    }

    private static StoredDocument read(BsonReader reader, Map<String, FieldType> fields) {
        ObjectId id = null;
        Map<String, Object> values = new HashMap<>();
        List<String> mistyped = new ArrayList<>(0);
        reader.readStartDocument();
        while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
            String field = reader.readName();
            FieldType type = fields.get(field);
            if (field.equals("_id") && id == null) {
                id = reader.readObjectId();
            } else if (type == null || reader.getCurrentBsonType() == BsonType.NULL) {
                reader.skipValue();
            } else {
                Object value = type.read(reader);
                if (value == null) {
                    mistyped.add(field);
                    values.remove(field);
                } else {
                    values.put(field, value);
                }
            }
        }
        reader.readEndDocument();
        if (id == null) {
            throw new IllegalStateException("a document without an _id");
        }
        return new StoredDocument(id, values, mistyped, null);
    }

    private static ObjectId id(RawBsonDocument bytes) {
        try (BsonReader reader = reader(bytes)) {
            reader.readStartDocument();
            return reader.readObjectId("_id");
        }
    }

    public ObjectId id() {
        return id;
    }

    /** The fields with a value of another type, in the document's order. */
    public List<String> mistyped() {
        requireWellFormed();
        return mistyped;
    }

    public @Nullable String string(String field) {
        return (String) value(field);
    }

    public @Nullable ObjectId objectId(String field) {
        return (ObjectId) value(field);
    }

    /** The ids of a list; none where there is no list. */
    @SuppressWarnings("unchecked") // FieldType.OBJECT_IDS makes no other list
    public List<ObjectId> objectIds(String field) {
        Object ids = value(field);
        return ids == null ? List.of() : (List<ObjectId>) ids;
    }

    public boolean isTrue(String field) {
        return Boolean.TRUE.equals(value(field));
    }

    /** A whole number; 0 where there is none. */
    public long wholeNumber(String field) {
        Object number = value(field);
        return number == null ? 0 : (Long) number;
    }

    private @Nullable Object value(String field) {
        requireWellFormed();
        return values.get(field);
    }

    private void requireWellFormed() {
        if (malformed != null) {
            throw Failure.databaseFailed(
                    new BsonInvalidOperationException("document " + id + " is not BSON", malformed));
        }
    }
}
