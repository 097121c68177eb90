package dk.telecomx.pbx.batching;

import static org.assertj.core.api.Assertions.assertThat;

import dk.telecomx.pbx.Await;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When all recent queries of a kind have failed. */
class FailingQueriesTest {

    private static final int MAX_QUERIES = 4;

    private final Vertx vertx = Vertx.vertx();
    private final AtomicBoolean answers = new AtomicBoolean();

    @AfterEach
    void close() {
        vertx.close();
    }

    @Test
    void areAsManyInARowAsMayBeInFlightAndEndWithAnAnswer() {
        BatchLoaders loaders = loaders(Duration.ofMinutes(1));
        BatchLoader<Integer, String> lookups = lookups(loaders);
        fail(lookups, MAX_QUERIES - 1);
        assertThat(loaders.areFailing()).isFalse();
        fail(lookups, 1);
        assertThat(loaders.areFailing()).isTrue();

        answers.set(true);
        lookups.byKey(1).await().atMost(Duration.ofSeconds(30));

        assertThat(loaders.areFailing()).isFalse();
    }

    /** With nobody asking for a kind any more, its last failures once counted for ever. */
    @Test
    void areForgottenWhereNothingIsAskedAnyMore() {
        BatchLoaders loaders = loaders(Duration.ofMillis(500));
        BatchLoader<Integer, String> lookups = lookups(loaders);
        Await.until("failing", Duration.ofSeconds(30), () -> {
            fail(lookups, MAX_QUERIES);
            return loaders.areFailing();
        });

        Await.until("forgotten", Duration.ofSeconds(30), () -> !loaders.areFailing());
    }

    private BatchLoaders loaders(Duration timeLimit) {
        return new BatchLoaders(MAX_QUERIES, timeLimit, vertx, new SimpleMeterRegistry(), OpenTelemetry.noop(), true);
    }

    private BatchLoader<Integer, String> lookups(BatchLoaders loaders) {
        return loaders.over(
                "test",
                keys -> answers.get()
                        ? Uni.createFrom().item(Map.of())
                        : Uni.createFrom().failure(new IllegalStateException("away")));
    }

    private static void fail(BatchLoader<Integer, String> lookups, int times) {
        for (int i = 0; i < times; i++) {
            Throwable failure = lookups.byKey(1)
                    .onItem()
                    .transform(found -> (Throwable) null)
                    .onFailure()
                    .recoverWithItem(thrown -> thrown)
                    .await()
                    .atMost(Duration.ofSeconds(30));
            assertThat(failure).hasMessage("away");
        }
    }
}
