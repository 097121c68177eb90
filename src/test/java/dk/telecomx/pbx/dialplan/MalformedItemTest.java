package dk.telecomx.pbx.dialplan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.telecomx.pbx.FixtureDatabase;
import dk.telecomx.pbx.Fixtures;
import dk.telecomx.pbx.batching.PlainBatchLoaders;
import dk.telecomx.pbx.error.Failure;
import dk.telecomx.pbx.faults.FaultProxy;
import dk.telecomx.pbx.mongo.PlainClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One item's bytes are no BSON: who asks for it fails, and nobody else who asked in the same query. */
class MalformedItemTest {

    private final Vertx vertx = Vertx.vertx();
    private final FixtureDatabase database = new FixtureDatabase();
    private final FaultProxy wire = new FaultProxy(database.address());
    private final PlainClient client = new PlainClient("mongodb://" + wire.address(), new DialplanItem.Codec());
    private final MeterRegistry metrics = new SimpleMeterRegistry();
    private final DialplanRepository dialplan = PlainDialplan.of(
            PlainBatchLoaders.on(vertx, metrics),
            metrics,
            client.collection(database.name(), "PbxDialplans", DialplanItem.class));

    @AfterEach
    void stop() {
        client.close();
        wire.close();
        database.close();
        vertx.close();
    }

    @Test
    void aMalformedGroupFailsItsOwnReadersAlone() throws Exception {
        wire.malform(Fixtures.SUPPORT);
        Context context = vertx.getOrCreateContext();

        CompletableFuture<Optional<DialplanItem>> group = new CompletableFuture<>();
        CompletableFuture<Map<ObjectId, DialplanItem>> anna = new CompletableFuture<>();
        context.runOnContext(turn -> {
            pass(dialplan.group(Fixtures.SUPPORT), group);
            pass(dialplan.extensions(Fixtures.ACME, Set.of(Fixtures.ANNA)), anna);
        });

        fails(group);
        assertThat(anna.get(20, TimeUnit.SECONDS)).containsOnlyKeys(Fixtures.ANNA);
        assertThat(metrics.get("pbx.lookup.queries").counter().count()).isEqualTo(1);
    }

    @Test
    void aMalformedExtensionFailsThoseWhoExpandIt() throws Exception {
        wire.malform(Fixtures.BO);
        Context context = vertx.getOrCreateContext();

        CompletableFuture<Optional<DialplanItem>> group = new CompletableFuture<>();
        CompletableFuture<Map<ObjectId, DialplanItem>> both = new CompletableFuture<>();
        context.runOnContext(turn -> {
            pass(dialplan.group(Fixtures.SUPPORT), group);
            pass(dialplan.extensions(Fixtures.ACME, Set.of(Fixtures.ANNA, Fixtures.BO)), both);
        });

        fails(both);
        assertThat(group.get(20, TimeUnit.SECONDS)).isPresent();
    }

    private static <T> void pass(Uni<T> read, CompletableFuture<T> answer) {
        read.subscribe().with(answer::complete, answer::completeExceptionally);
    }

    private static void fails(CompletableFuture<?> read) {
        assertThatThrownBy(() -> read.get(20, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(Failure.class)
                .hasMessageEndingWith(" is unreadable: not BSON");
    }
}
