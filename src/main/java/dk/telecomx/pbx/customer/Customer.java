package dk.telecomx.pbx.customer;

import dk.telecomx.pbx.mongo.ReadOnlyCodec;
import dk.telecomx.pbx.mongo.StoredDocument;
import io.quarkus.mongodb.panache.common.MongoEntity;
import java.util.List;
import java.util.function.Function;
import org.bson.codecs.configuration.CodecProvider;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/** A customer of the PBX. */
@MongoEntity(collection = "Customers")
final class Customer extends StoredDocument {

    /** What is read of a customer, besides its id. */
    static final List<String> FIELDS = List.of("parentReseller");

    private Customer(ObjectId id, Function<String, @Nullable Object> values) {
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
            super(Customer.class, FIELDS, Customer::new);
        }
    }
}
