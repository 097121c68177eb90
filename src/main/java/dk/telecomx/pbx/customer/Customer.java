package dk.telecomx.pbx.customer;

import dk.telecomx.pbx.mongo.ReadOnlyCodec;
import dk.telecomx.pbx.mongo.StoredDocument;
import io.quarkus.mongodb.panache.common.MongoEntity;
import java.util.Map;
import org.bson.codecs.configuration.CodecProvider;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/** A customer of the PBX. */
@MongoEntity(collection = "Customers")
final class Customer extends StoredDocument {

    private Customer(ObjectId id, @Nullable Map<String, Object> values) {
        super(id, values);
    }

    /** The reseller it belongs to; null for a top-level reseller, and where the stored value is no id. */
    @Nullable
    ObjectId parentReseller() {
        return valueIfA(ObjectId.class, "parentReseller");
    }

    /** Public, since Quarkus creates it. */
    public static final class Codec extends ReadOnlyCodec<Customer> implements CodecProvider {
        public Codec() {
            super(Customer.class, Customer::new);
        }
    }
}
