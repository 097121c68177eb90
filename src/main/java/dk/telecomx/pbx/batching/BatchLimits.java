package dk.telecomx.pbx.batching;

import java.time.Duration;

/**
 * The limits of the lookups of one kind.
 *
 * @param maxQueries how many queries may be in flight at once
 * @param timeLimit how long a query may take, its retry included, before its lookups fail
 * @param maxBatchKeys how many keys lookups share one query with; a single lookup is never split, whatever its size
 * @param maxPendingKeys how many keys may wait for a query, some 80 bytes each; above, one more lookup of several keys is refused as overload
 * @param batchWindow how long a query in flight holds back the next one, so that lookups gather; a hung query costs the others this, once
 */
record BatchLimits(int maxQueries, Duration timeLimit, int maxBatchKeys, int maxPendingKeys, Duration batchWindow) {

    /** With what nobody needs to set. A query of 1,000 ids takes about the batch window; 500,000 keys are 40 MB, for which a heap of 128 MB has room. */
    BatchLimits(int maxQueries, Duration timeLimit) {
        this(maxQueries, timeLimit, 1_000, 500_000, Duration.ofMillis(5));
    }
}
