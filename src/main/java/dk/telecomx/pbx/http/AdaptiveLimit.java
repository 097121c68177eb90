package dk.telecomx.pbx.http;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** How many requests may be in flight: as many as configured, until some are not answered in time. */
final class AdaptiveLimit {

    /*
     * What a request costs is unknown until its group is read: a group of thousands of members costs as much as hundreds of others. So
     * the limit follows measurements. After a second in which some requests ran out of time while others were answered, it shrinks to
     * what is answered in half of a request's time limit. After a second without a late request it doubles. If nothing at all was
     * answered, or queries fail, the database is away: that is no overload, and requests fail with 500.
     */

    /** Never fewer, so that callers who ask one after the other go on. */
    private static final int MIN_SIZE = 64;

    private final int max;
    private final double halfTimeLimitSeconds;
    private final LongAdder answered = new LongAdder();
    private final LongAdder late = new LongAdder();
    private volatile int size;

    AdaptiveLimit(int max, Duration timeLimit) {
        this.max = max;
        this.halfTimeLimitSeconds = timeLimit.toMillis() / 2.0 / 1000;
        this.size = max;
    }

    int size() {
        return size;
    }

    /** A request was answered in time. */
    void answered() {
        answered.increment();
    }

    /** A request was not answered in time, or there was more to look up than can be queued. */
    void overloaded() {
        late.increment();
    }

    /** A second has passed. */
    void adapt() {
        long good = answered.sumThenReset();
        long bad = late.sumThenReset();
        if (bad == 0) {
            size = (int) Math.min(max, 2L * size);
        } else if (good > 0) {
            size = Math.min(max, Math.max(MIN_SIZE, (int) (good * halfTimeLimitSeconds)));
        }
    }
}
