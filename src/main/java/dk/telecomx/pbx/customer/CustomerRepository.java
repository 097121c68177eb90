package dk.telecomx.pbx.customer;

import dk.telecomx.pbx.lookup.Lookup;
import dk.telecomx.pbx.lookup.Lookups;
import io.quarkus.mongodb.panache.reactive.ReactivePanacheMongoRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.bson.types.ObjectId;

/** Reads the customer → reseller edge from MongoDB, live. */
@Singleton
public class CustomerRepository implements ReactivePanacheMongoRepositoryBase<Customer, ObjectId> {

    private final Lookup lookup;

    CustomerRepository(Lookups lookups) {
        lookup = lookups.over("customer", this::mongoCollection, "parentReseller");
    }

    /** The parent reseller of a customer; empty where there is no such customer, or it has none. */
    public Uni<Optional<ObjectId>> parentReseller(ObjectId customer) {
        return lookup.byId(customer)
                .map(found -> found.map(stored -> Customer.of(customer, stored)).map(Customer::parentReseller));
    }
}
