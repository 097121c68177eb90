package dk.telecomx.pbx.batching;

import io.opentelemetry.api.OpenTelemetry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;

/** Limits for one test; {@link #STANDARD} are those of production but for a round time limit. */
record Limits(int maxQueries, Duration timeLimit, BatchTuning tuning) implements BatchLimits {

    static final Limits STANDARD = new Limits(4, Duration.ofSeconds(2), BatchTuning.STANDARD);

    Limits maxQueries(int most) {
        return new Limits(most, timeLimit, tuning);
    }

    Limits maxPendingKeys(int most) {
        return tuned(new BatchTuning(tuning.maxBatchKeys(), most, tuning.batchWindow()));
    }

    Limits batchWindow(Duration other) {
        return tuned(new BatchTuning(tuning.maxBatchKeys(), tuning.maxPendingKeys(), other));
    }

    private Limits tuned(BatchTuning other) {
        return new Limits(maxQueries, timeLimit, other);
    }

    /** Look-ups with these limits, and without traces. */
    <K, V> BatchLoader<K, V> over(Source<K, V> source, Vertx vertx) {
        BatchSpans untraced = new BatchSpans("thing", OpenTelemetry.noop().getTracer("test"));
        return new BatchLoader<>("thing", source, this, tuning, untraced, vertx);
    }

    /** Outside Quarkus, Mutiny makes its context manager with the first Uni, and fails if two threads do so at once. */
    static void prepareMutiny() {
        Uni<Void> unused = Uni.createFrom().emitter(emitter -> {});
    }
}
