package dk.telecomx.pbx.customer;

import dk.telecomx.pbx.batching.BatchLoader;
import dk.telecomx.pbx.batching.BatchLoaders;
import dk.telecomx.pbx.mongo.ByIdRepository;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.bson.types.ObjectId;

/** Reads the customer → reseller edge from MongoDB, live. */
@Singleton
public class CustomerRepository {

    /** The collection, with what is read of it. */
    @Singleton
    static class Customers extends ByIdRepository<Customer> {
        Customers() {
            super(Customer.FIELDS);
        }
    }

    private final BatchLoader<ObjectId, Customer> loader;

    CustomerRepository(Customers customers, BatchLoaders loaders) {
        loader = loaders.over("customer", customers::byIds);
    }

    /** The parent reseller of a customer; empty where there is no such customer, or it has none. */
    public Uni<Optional<ObjectId>> parentReseller(ObjectId customer) {
        return loader.byKey(customer).map(found -> found.map(Customer::parentReseller));
    }
}
