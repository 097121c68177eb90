package dk.telecomx.pbx.batching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.telecomx.pbx.Commands;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;

/** The driver is warmed up by queries that find nothing, and that nobody has to notice. */
@QuarkusTest
class DriverWarmUpTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Inject
    BatchLoaders lookups;

    @Inject
    ReactiveMongoClient client;

    @Inject
    Vertx vertx;

    @Inject
    MeterRegistry metrics;

    @Test
    void asksEachCollectionForOneIdSoManyTimes() {
        List<BsonDocument> sent = asking(3);

        assertThat(sent).hasSize(6).allSatisfy(command -> {
            assertThat(command.getDocument("filter").getDocument("_id").getArray("$in"))
                    .hasSize(1);
            assertThat(command.getInt32("batchSize").getValue()).isEqualTo(2);
        });
        assertThat(sent.stream().map(command -> command.getString("find").getValue()))
                .containsOnly("PbxDialplans", "Customers")
                .filteredOn("Customers"::equals)
                .hasSize(3);
    }

    @Test
    void neverAsksForTheSameIdTwice() {
        assertThat(asking(3).stream().map(command -> command.getDocument("filter")))
                .doesNotHaveDuplicates();
    }

    @Test
    void asksNothingWhereNothingIsWanted() {
        assertThat(asking(0)).isEmpty();
        assertThat(asking(-1)).isEmpty();
    }

    @Test
    void isNotCountedAmongTheQueriesOfCallers() {
        double before = queries();

        asking(1);

        assertThat(queries()).isEqualTo(before);
    }

    @Test
    void endsWithTheFirstFailure() {
        AtomicInteger tries = new AtomicInteger();
        BatchLoaders away = PlainBatchLoaders.on(client, vertx, new SimpleMeterRegistry());
        away.over("thing", () -> {
            tries.incrementAndGet();
            throw new IllegalStateException("no database");
        });

        assertThatThrownBy(() -> new DriverWarmUp(away, 3).ask().await().atMost(PATIENCE))
                .hasMessage("no database");
        assertThat(tries).hasValue(1);
    }

    private List<BsonDocument> asking(int rounds) {
        return Commands.during(
                () -> new DriverWarmUp(lookups, rounds).ask().await().atMost(PATIENCE));
    }

    private double queries() {
        return metrics.get("pbx.lookup.queries").counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }
}
