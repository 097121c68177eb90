package dk.telecomx.pbx.mongo;

import dk.telecomx.pbx.error.Failure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.bson.BsonBinaryReader;
import org.bson.BsonReader;
import org.bson.BsonType;
import org.bson.BsonWriter;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.codecs.RawBsonDocumentCodec;
import org.bson.codecs.configuration.CodecRegistry;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * Decodes an entity from whatever is stored, and refuses to write: the collections belong to the PBX. A subclass that implements
 * {@link org.bson.codecs.configuration.CodecProvider} is found by Quarkus.
 *
 * <p>Values are a {@link String}, {@link Boolean}, {@link ObjectId}, {@link Long} (a whole number, stored as int32, int64 or double) or a
 * list of ids (a null in it is left out). Anything else becomes a value of none of these types.
 */
public abstract class ReadOnlyCodec<T extends StoredDocument> implements Codec<T> {

    private static final RawBsonDocumentCodec BYTES = new RawBsonDocumentCodec();
    private static final Object UNEXPECTED_TYPE = new Object();

    /** Above this, different whole numbers are the same double. */
    private static final double MAX_EXACT = 1L << 53;

    private final Class<T> entity;
    private final BiFunction<ObjectId, Function<String, @Nullable Object>, T> constructor;

    /** Where the value of each field is among those of a document. */
    private final Map<String, Integer> positions = new HashMap<>();

    protected ReadOnlyCodec(
            Class<T> entity,
            List<String> fields,
            BiFunction<ObjectId, Function<String, @Nullable Object>, T> constructor) {
        this.entity = entity;
        this.constructor = constructor;
        fields.forEach(field -> positions.put(field, positions.size()));
    }

    /** The document must begin with its {@code _id}, as the database sends it. */
    @Override
    public final T decode(BsonReader documents, DecoderContext context) {
        // Its own bytes first, so that the next document is read whatever is in this one.
        try (BsonReader reader = new BsonBinaryReader(
                BYTES.decode(documents, context).getByteBuffer().asNIO())) {
            reader.readStartDocument();
            ObjectId id = reader.readObjectId("_id");
            return constructor.apply(id, values(reader, id));
        }
    }

    private Function<String, @Nullable Object> values(BsonReader reader, ObjectId id) {
        @Nullable Object[] values = new Object[positions.size()];
        try {
            while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
                Integer position = positions.get(reader.readName());
                if (position == null || reader.getCurrentBsonType() == BsonType.NULL) {
                    reader.skipValue();
                } else {
                    // BSON takes a field twice: the last value counts, unless its type is another one.
                    values[position] = sameType(values[position], value(reader));
                }
            }
            reader.readEndDocument();
            return field -> values[Objects.requireNonNull(positions.get(field), field)];
        } catch (RuntimeException notBson) {
            return field -> {
                throw Failure.unreadable("document " + id, "not BSON");
            };
        }
    }

    private static Object sameType(@Nullable Object earlier, Object later) {
        return earlier == null || later.getClass() == earlier.getClass() ? later : UNEXPECTED_TYPE;
    }

    private static Object value(BsonReader reader) {
        return switch (reader.getCurrentBsonType()) {
            case STRING -> reader.readString();
            case BOOLEAN -> reader.readBoolean();
            case OBJECT_ID -> reader.readObjectId();
            case ARRAY -> ids(reader);
            case INT32 -> (long) reader.readInt32();
            case INT64 -> reader.readInt64();
            case DOUBLE -> wholeNumber(reader.readDouble());
            default -> {
                reader.skipValue();
                yield UNEXPECTED_TYPE;
            }
        };
    }

    private static Object wholeNumber(double stored) {
        return stored == Math.rint(stored) && Math.abs(stored) <= MAX_EXACT ? (Object) (long) stored : UNEXPECTED_TYPE;
    }

    private static Object ids(BsonReader reader) {
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
        return idsOnly ? Collections.unmodifiableList(ids) : UNEXPECTED_TYPE;
    }

    @Override
    public final void encode(BsonWriter writer, T value, EncoderContext context) {
        throw new UnsupportedOperationException("this service only reads");
    }

    @Override
    public final Class<T> getEncoderClass() {
        return entity;
    }

    /** Implements {@link org.bson.codecs.configuration.CodecProvider#get} for subclasses. */
    @SuppressWarnings("unchecked") // the class is compared
    public final <C> @Nullable Codec<C> get(Class<C> type, CodecRegistry registry) {
        return type == entity ? (Codec<C>) this : null;
    }
}
