package dk.telecomx.pbx.mongo;

import org.bson.BsonReader;
import org.bson.BsonType;
import org.bson.codecs.Decoder;
import org.bson.codecs.DecoderContext;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/** Reads a stored document field by field, in one pass and in whatever order the fields come. */
public abstract class LenientDecoder<T> implements Decoder<T> {

    @Override
    public final T decode(BsonReader reader, DecoderContext context) {
        reader.readStartDocument();
        while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
            String field = reader.readName();
            if (reader.getCurrentBsonType() == BsonType.NULL) {
                reader.readNull();
            } else {
                read(field, reader);
            }
        }
        reader.readEndDocument();
        return decoded();
    }

    /** Reads, or skips, the value that the reader stands before. It is not null: null is the same as missing. */
    protected abstract void read(String field, BsonReader reader);

    /** What the document was, once all its fields were read. */
    protected abstract T decoded();

    /** A string, or null for a value of any other type. */
    protected static @Nullable String string(BsonReader reader) {
        if (reader.getCurrentBsonType() == BsonType.STRING) {
            return reader.readString();
        }
        reader.skipValue();
        return null;
    }

    /** An id, or null for a value of any other type. */
    protected static @Nullable ObjectId objectId(BsonReader reader) {
        if (reader.getCurrentBsonType() == BsonType.OBJECT_ID) {
            return reader.readObjectId();
        }
        reader.skipValue();
        return null;
    }
}
