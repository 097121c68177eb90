package dk.telecomx.pbx.batching;

import io.opentelemetry.api.OpenTelemetry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;

/** Lookups with limits for one test. */
final class Limits {

    /** Those of production but for a round time limit. */
    static final BatchLimits STANDARD = standard(4);

    /** For what runs in real time, on any machine. */
    static final BatchLimits PATIENT = new BatchLimits(4, Duration.ofSeconds(30));

    private Limits() {}

    static BatchLimits standard(int maxQueries) {
        return new BatchLimits(maxQueries, Duration.ofSeconds(2));
    }

    /** Lookups with these limits, and without traces. */
    static <K, V> BatchLoader<K, V> over(BatchLoader.Source<K, V> source, BatchLimits limits, Vertx vertx) {
        BatchSpans untraced = new BatchSpans("thing", OpenTelemetry.noop().getTracer("test"));
        return new BatchLoader<>(source, limits, untraced, vertx);
    }

    /** Outside Quarkus, Mutiny makes its context manager with the first Uni, and fails if two threads do so at once. */
    static void prepareMutiny() {
        Uni<Void> unused = Uni.createFrom().emitter(emitter -> {});
    }
}
