package dk.telecomx.pbx.customer;

import dk.telecomx.pbx.mongo.ByIdRepository;
import jakarta.inject.Singleton;
import java.util.List;

/** The collection of the customers. {@link CustomerRepository} is what other packages see of it. */
@Singleton
class Customers extends ByIdRepository<Customer> {

    Customers() {
        super(List.of("parentReseller"));
    }
}
