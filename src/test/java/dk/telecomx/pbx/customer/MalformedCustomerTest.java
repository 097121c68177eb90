package dk.telecomx.pbx.customer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.telecomx.pbx.FixtureDatabase;
import dk.telecomx.pbx.Fixtures;
import dk.telecomx.pbx.batching.PlainBatchLoaders;
import dk.telecomx.pbx.error.Failure;
import dk.telecomx.pbx.faults.FaultProxy;
import dk.telecomx.pbx.mongo.PlainClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;

/** A customer whose bytes are no BSON is a failure, not a customer without a reseller. */
class MalformedCustomerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void aMalformedCustomerFailsAndItsNeighborDoesNot() {
        Vertx vertx = Vertx.vertx();
        try (FixtureDatabase database = new FixtureDatabase();
                FaultProxy wire = new FaultProxy(database.address());
                PlainClient client = new PlainClient("mongodb://" + wire.address(), new Customer.Codec())) {
            CustomerRepository customers = new CustomerRepository(
                    new CustomerRepository.Customers() {
                        @Override
                        public ReactiveMongoCollection<Customer> mongoCollection() {
                            return client.collection(database.name(), "Customers", Customer.class);
                        }
                    },
                    PlainBatchLoaders.on(vertx, new SimpleMeterRegistry()));
            wire.malform(Fixtures.ACME);

            assertThatThrownBy(() -> parentReseller(customers, Fixtures.ACME))
                    .isInstanceOf(Failure.class)
                    .hasMessage("document " + Fixtures.ACME + " is unreadable: not BSON");
            assertThat(parentReseller(customers, Fixtures.BAKER)).contains(Fixtures.NORDIC);
        } finally {
            vertx.close();
        }
    }

    private static Optional<ObjectId> parentReseller(CustomerRepository customers, ObjectId customer) {
        return customers.parentReseller(customer).await().atMost(PATIENCE);
    }
}
