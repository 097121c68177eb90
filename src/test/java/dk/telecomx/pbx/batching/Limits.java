package dk.telecomx.pbx.batching;

import io.smallrye.mutiny.Uni;
import java.time.Duration;

/** Limits for one test; {@link #STANDARD} are those of production but for a round time limit. */
record Limits(int maxQueries, int maxPending, Duration timeLimit, BatchTuning tuning) implements BatchLimits {

    static final Limits STANDARD = new Limits(4, 10_000, Duration.ofSeconds(2), BatchTuning.STANDARD);

    Limits maxPending(int most) {
        return new Limits(maxQueries, most, timeLimit, tuning);
    }

    Limits maxQueries(int most) {
        return new Limits(most, maxPending, timeLimit, tuning);
    }

    Limits maxPendingKeys(int most) {
        return tuned(new BatchTuning(tuning.maxBatchKeys(), tuning.soloThreshold(), most, tuning.batchWindow()));
    }

    Limits batchWindow(Duration other) {
        return tuned(new BatchTuning(tuning.maxBatchKeys(), tuning.soloThreshold(), tuning.maxPendingKeys(), other));
    }

    Limits tuned(BatchTuning other) {
        return new Limits(maxQueries, maxPending, timeLimit, other);
    }

    /** Outside Quarkus, Mutiny makes its context manager with the first Uni, and fails if two threads do so at once. */
    static void prepareMutiny() {
        Uni<Void> unused = Uni.createFrom().emitter(emitter -> {});
    }
}
