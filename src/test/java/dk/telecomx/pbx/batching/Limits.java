package dk.telecomx.pbx.batching;

import io.smallrye.mutiny.Uni;
import java.time.Duration;

/** Limits for one test; {@link #STANDARD} are those of production but for a round time limit. */
record Limits(
        int maxQueries,
        int maxJoinedIds,
        int aloneAbove,
        int maxWaiting,
        int maxWaitingIds,
        Duration patience,
        Duration timeLimit)
        implements BatchLimits {

    static final Limits STANDARD =
            new Limits(4, 1000, 500, 10_000, 500_000, Duration.ofMillis(5), Duration.ofSeconds(2));

    Limits maxWaiting(int most) {
        return new Limits(maxQueries, maxJoinedIds, aloneAbove, most, maxWaitingIds, patience, timeLimit);
    }

    Limits maxWaitingIds(int most) {
        return new Limits(maxQueries, maxJoinedIds, aloneAbove, maxWaiting, most, patience, timeLimit);
    }

    Limits patience(Duration other) {
        return new Limits(maxQueries, maxJoinedIds, aloneAbove, maxWaiting, maxWaitingIds, other, timeLimit);
    }

    Limits maxQueries(int most) {
        return new Limits(most, maxJoinedIds, aloneAbove, maxWaiting, maxWaitingIds, patience, timeLimit);
    }

    /** Outside Quarkus, Mutiny makes its context manager with the first Uni, and fails if two threads do so at once. */
    static void prepareMutiny() {
        Uni<Void> unused = Uni.createFrom().emitter(emitter -> {});
    }
}
