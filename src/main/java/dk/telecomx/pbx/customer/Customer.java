package dk.telecomx.pbx.customer;

import dk.telecomx.pbx.mongo.LenientDecoder;
import io.quarkus.mongodb.panache.common.MongoEntity;
import org.bson.BsonReader;
import org.bson.RawBsonDocument;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * A customer of the PBX, as far as this service cares.
 *
 * @param parentReseller the reseller it belongs to; null for a top-level reseller, and where the stored value is no id
 */
@MongoEntity(collection = "Customers")
public record Customer(ObjectId id, @Nullable ObjectId parentReseller) {

    static Customer of(ObjectId id, RawBsonDocument stored) {
        return stored.decode(new Stored(id));
    }

    private static final class Stored extends LenientDecoder<Customer> {
        private final ObjectId id;
        private @Nullable ObjectId parentReseller;

        Stored(ObjectId id) {
            this.id = id;
        }

        @Override
        protected void read(String field, BsonReader reader) {
            if (field.equals("parentReseller")) {
                parentReseller = objectId(reader);
            } else {
                reader.skipValue();
            }
        }

        @Override
        protected Customer decoded() {
            return new Customer(id, parentReseller);
        }
    }
}
