package dk.telecomx.pbx.batching;

import java.time.Duration;

/**
 * What nobody needs to set; a value of its own so that tests can use small numbers.
 *
 * @param maxBatchKeys how many keys look-ups share one query with; a single look-up is never split, whatever its size
 * @param maxPendingKeys how many keys may wait for a query, some 80 bytes each; above, one more look-up is refused as overload
 * @param batchWindow how long a query in flight holds back the next one, so that look-ups gather; a hung query costs the others this, once
 */
record BatchTuning(int maxBatchKeys, int maxPendingKeys, Duration batchWindow) {

    /**
     * A query of 1,000 ids is answered in a few milliseconds, as many as look-ups wait for each other. 500,000 keys are 40 MB, which a
     * heap of 128 MB has room for.
     */
    static final BatchTuning STANDARD = new BatchTuning(1_000, 500_000, Duration.ofMillis(5));
}
