package dk.telecomx.pbx.dialplan;

import dk.telecomx.pbx.batching.BatchLoaders;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bson.BsonBinaryReader;
import org.bson.BsonDocument;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.DecoderContext;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/** Dialplans and items with no framework around them. */
public final class PlainDialplan {

    private PlainDialplan() {}

    /** The dialplan of a collection that is given. */
    public static DialplanRepository of(
            BatchLoaders loaders, MeterRegistry metrics, ReactiveMongoCollection<DialplanItem> collection) {
        DialplanRepository.Items items = new DialplanRepository.Items() {
            @Override
            public ReactiveMongoCollection<DialplanItem> mongoCollection() {
                return collection;
            }
        };
        return new DialplanRepository(items, loaders, metrics);
    }

    /** An item with those fields that are not null. */
    public static DialplanItem item(
            ObjectId id,
            @Nullable String type,
            @Nullable ObjectId customer,
            @Nullable String number,
            @Nullable String name) {
        Map<String, BsonValue> fields = new LinkedHashMap<>();
        put(fields, "type", type == null ? null : new BsonString(type));
        put(fields, "customer", customer == null ? null : new BsonObjectId(customer));
        put(fields, "number", number == null ? null : new BsonString(number));
        put(fields, "name", name == null ? null : new BsonString(name));
        BsonDocument document = new BsonDocument();
        document.putAll(fields);
        return item(id, new RawBsonDocument(document, new BsonDocumentCodec()));
    }

    private static void put(Map<String, BsonValue> fields, String name, @Nullable BsonValue value) {
        if (value != null) {
            fields.put(name, value);
        }
    }

    /** The item of that id which is stored as that document. */
    public static DialplanItem item(ObjectId id, RawBsonDocument stored) {
        try (BsonBinaryReader reader = new BsonBinaryReader(withId(id, stored))) {
            return new DialplanItem.Codec()
                    .decode(reader, DecoderContext.builder().build());
        }
    }

    /** The bytes of the document with the id before all else, as the database sends it. */
    private static ByteBuffer withId(ObjectId id, RawBsonDocument stored) {
        byte[] rest = new byte[stored.getByteBuffer().remaining()];
        stored.getByteBuffer().get(rest);
        byte[] name = {7, '_', 'i', 'd', 0};
        int length = rest.length + name.length + 12;
        return ByteBuffer.allocate(length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(length)
                .put(name)
                .put(id.toByteArray())
                .put(rest, 4, rest.length - 4)
                .flip();
    }
}
