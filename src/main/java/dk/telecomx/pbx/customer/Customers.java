package dk.telecomx.pbx.customer;

import dk.telecomx.pbx.mongo.FindByIds;
import io.quarkus.mongodb.panache.reactive.ReactivePanacheMongoRepositoryBase;
import jakarta.inject.Singleton;
import org.bson.types.ObjectId;

/** The collection of the customers. {@link CustomerRepository} is what other packages see of it. */
@Singleton
class Customers implements ReactivePanacheMongoRepositoryBase<Customer, ObjectId> {

    final FindByIds<Customer> byIds = new FindByIds<>(this, CustomerCodec.FIELDS, Customer::id);
}
