package dk.telecomx.pbx.mongo;

import java.util.Map;
import java.util.function.Function;
import org.bson.BsonReader;
import org.bson.BsonWriter;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.codecs.RawBsonDocumentCodec;
import org.bson.codecs.configuration.CodecRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Decodes an entity from whatever is stored, and refuses to write: the collections belong to the PBX. A subclass that implements
 * {@link org.bson.codecs.configuration.CodecProvider} is found by Quarkus.
 */
public abstract class ReadOnlyCodec<T> implements Codec<T> {

    private static final RawBsonDocumentCodec BYTES = new RawBsonDocumentCodec();

    private final Class<T> entity;
    private final Map<String, FieldType> fields;
    private final Function<StoredDocument, T> toEntity;

    protected ReadOnlyCodec(Class<T> entity, Map<String, FieldType> fields, Function<StoredDocument, T> toEntity) {
        this.entity = entity;
        this.fields = fields;
        this.toEntity = toEntity;
    }

    @Override
    public final T decode(BsonReader reader, DecoderContext context) {
        return toEntity.apply(StoredDocument.of(BYTES.decode(reader, context), fields));
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
