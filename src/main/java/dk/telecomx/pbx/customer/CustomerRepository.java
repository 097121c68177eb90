package dk.telecomx.pbx.customer;

import dk.telecomx.pbx.batching.BatchLoader;
import dk.telecomx.pbx.batching.BatchLoaders;
import io.quarkus.mongodb.panache.reactive.ReactivePanacheMongoRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.bson.types.ObjectId;

/** Reads the customer → reseller edge from MongoDB, live. */
@Singleton
public class CustomerRepository implements ReactivePanacheMongoRepositoryBase<Customer, ObjectId> {

    private final BatchLoader lookup;

    CustomerRepository(BatchLoaders lookups) {
        lookup = lookups.over("customer", this::mongoCollection, "parentReseller");
    }

    /** The parent reseller of a customer; empty where there is no such customer, or it has none. */
    public Uni<Optional<ObjectId>> parentReseller(ObjectId customer) {
        return lookup.byId(customer)
                .map(found -> found.map(stored -> Customer.of(customer, stored)).map(Customer::parentReseller));
    }
}
