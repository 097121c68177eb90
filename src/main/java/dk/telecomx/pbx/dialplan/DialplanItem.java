package dk.telecomx.pbx.dialplan;

import dk.telecomx.pbx.mongo.LenientDecoder;
import io.quarkus.mongodb.panache.common.MongoEntity;
import org.bson.BsonReader;
import org.bson.RawBsonDocument;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * Something a call can reach: an extension, a queue, a menu, …
 *
 * <p>A stored value of an unexpected type reads as null: one odd item spoils no group that refers to it.
 *
 * @param type the vendor's item type, such as {@code EXTENSION}
 */
@MongoEntity(collection = "PbxDialplans")
public record DialplanItem(
        ObjectId id,
        @Nullable String type,
        @Nullable ObjectId customer,
        @Nullable String number,
        @Nullable String name) {

    static DialplanItem of(ObjectId id, RawBsonDocument stored) {
        return stored.decode(new Stored(id));
    }

    private static final class Stored extends LenientDecoder<DialplanItem> {
        private final ObjectId id;
        private @Nullable String type;
        private @Nullable ObjectId customer;
        private @Nullable String number;
        private @Nullable String name;

        Stored(ObjectId id) {
            this.id = id;
        }

        @Override
        protected void read(String field, BsonReader reader) {
            switch (field) {
                case "type" -> type = string(reader);
                case "customer" -> customer = objectId(reader);
                case "number" -> number = string(reader);
                case "name" -> name = string(reader);
                default -> reader.skipValue();
            }
        }

        @Override
        protected DialplanItem decoded() {
            return new DialplanItem(id, type, customer, number, name);
        }
    }
}
