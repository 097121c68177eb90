package dk.telecomx.pbx.customer;

import dk.telecomx.pbx.mongo.FieldType;
import dk.telecomx.pbx.mongo.ReadOnlyCodec;
import java.util.Map;
import org.bson.codecs.configuration.CodecProvider;

/** Decodes customers. Public, since Quarkus creates it. */
public final class CustomerCodec extends ReadOnlyCodec<Customer> implements CodecProvider {

    static final Map<String, FieldType> FIELDS = Map.of("parentReseller", FieldType.OBJECT_ID);

    public CustomerCodec() {
        super(Customer.class, FIELDS, Customer::new);
    }
}
