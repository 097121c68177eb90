package dk.telecomx.pbx.customer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClients;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import dk.telecomx.pbx.batching.PlainBatchLoaders;
import dk.telecomx.pbx.error.Failure.DatabaseFailed;
import dk.telecomx.pbx.faults.FaultProxy;
import dk.telecomx.pbx.mongo.PlainClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;

/** A customer whose bytes are no BSON is a failure, not a customer without a reseller. */
class MalformedCustomerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void aMalformedCustomerFailsAndItsNeighbourDoesNot() {
        ObjectId reseller = new ObjectId();
        ObjectId malformed = new ObjectId();
        ObjectId neighbour = new ObjectId();
        Vertx vertx = Vertx.vertx();
        MongoServer server = new MongoServer(new MemoryBackend());
        try (FaultProxy wire = new FaultProxy(server.bind());
                PlainClient client = new PlainClient("mongodb://" + wire.address(), new CustomerCodec());
                var writing = MongoClients.create("mongodb://" + wire.address())) {
            writing.getDatabase("pbx")
                    .getCollection("Customers")
                    .insertMany(List.of(
                            new Document("_id", malformed).append("parentReseller", reseller),
                            new Document("_id", neighbour).append("parentReseller", reseller)));
            CustomerRepository customers = new CustomerRepository(
                    new Customers() {
                        @Override
                        public ReactiveMongoCollection<Customer> mongoCollection() {
                            return client.collection("pbx", "Customers", Customer.class);
                        }
                    },
                    PlainBatchLoaders.on(vertx, new SimpleMeterRegistry()));
            wire.malform(malformed);

            assertThatThrownBy(() -> parentReseller(customers, malformed)).isInstanceOf(DatabaseFailed.class);
            assertThat(parentReseller(customers, neighbour)).contains(reseller);
        } finally {
            server.shutdownNow();
            vertx.close();
        }
    }

    private static Optional<ObjectId> parentReseller(CustomerRepository customers, ObjectId customer) {
        return customers.parentReseller(customer).await().atMost(PATIENCE);
    }
}
