package dk.telecomx.pbx.mongo;

import java.util.ArrayList;
import java.util.List;
import org.bson.BsonReader;
import org.bson.BsonType;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/** How the value of a field is read. A value of another type is skipped, and reads as null. */
public enum FieldType {
    STRING,
    BOOLEAN,
    /** A long, stored as int32, int64 or double. */
    WHOLE_NUMBER,
    OBJECT_ID,
    /** A list of ids; a null in it is left out. */
    OBJECT_IDS;

    /** Above this, different whole numbers are the same double. */
    private static final double MAX_EXACT = 1L << 53;

    @Nullable
    Object read(BsonReader reader) {
        BsonType stored = reader.getCurrentBsonType();
        return switch (this) {
            case STRING -> stored == BsonType.STRING ? reader.readString() : skip(reader);
            case BOOLEAN -> stored == BsonType.BOOLEAN ? (Object) reader.readBoolean() : skip(reader);
            case OBJECT_ID -> stored == BsonType.OBJECT_ID ? reader.readObjectId() : skip(reader);
            case OBJECT_IDS -> stored == BsonType.ARRAY ? objectIds(reader) : skip(reader);
            case WHOLE_NUMBER ->
                switch (stored) {
                    case INT32 -> (long) reader.readInt32();
                    case INT64 -> reader.readInt64();
                    case DOUBLE -> exact(reader.readDouble());
                    default -> skip(reader);
                };
        };
    }

    private static @Nullable Object skip(BsonReader reader) {
        reader.skipValue();
        return null;
    }

    private static @Nullable Long exact(double number) {
        return number == Math.rint(number) && Math.abs(number) <= MAX_EXACT ? (long) number : null;
    }

    private static @Nullable List<ObjectId> objectIds(BsonReader reader) {
        List<ObjectId> ids = new ArrayList<>();
        boolean idsOnly = true;
        reader.readStartArray();
        for (BsonType type = reader.readBsonType(); type != BsonType.END_OF_DOCUMENT; type = reader.readBsonType()) {
            if (type == BsonType.OBJECT_ID) {
                ids.add(reader.readObjectId());
            } else {
                idsOnly &= type == BsonType.NULL;
                reader.skipValue();
            }
        }
        reader.readEndArray();
        return idsOnly ? List.copyOf(ids) : null;
    }
}
