package dk.telecomx.pbx.http;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** For how many requests there is room at a time: for all that is configured, until some cannot be answered in time. */
final class AdaptiveLimit {

    /*
     * What a request costs is not known before its group is read: one of thousands of members costs as much as hundreds of others. So
     * the room is measured and not reckoned. Each second in which some requests were too late although others were answered, it
     * shrinks to what is answered in half of a request's time; each second in which none was too late, it doubles. Where none at all
     * was answered the database is away: that is no overload, and each request is told so.
     */

    /** Even the smallest room is one in which the same callers can go on asking one after the other. */
    private static final int LEAST = 64;

    private final int most;
    private final double worthOfASecond;
    private final LongAdder answered = new LongAdder();
    private final LongAdder late = new LongAdder();
    private volatile int size;

    /**
     * @param most how many requests there is ever room for
     * @param timeLimit how long a request may take
     */
    AdaptiveLimit(int most, Duration timeLimit) {
        this.most = most;
        this.worthOfASecond = timeLimit.toMillis() / 2.0 / 1000;
        this.size = most;
    }

    int size() {
        return size;
    }

    /** A request was answered in time. */
    void answered() {
        answered.increment();
    }

    /** A request was not answered in time, or there was more to look up than can be queued. */
    void late() {
        late.increment();
    }

    /** A second has passed. */
    void adapt() {
        long good = answered.sumThenReset();
        long bad = late.sumThenReset();
        if (bad == 0) {
            size = (int) Math.min(most, 2L * size);
        } else if (good > 0) {
            size = Math.min(most, Math.max(LEAST, (int) Math.min(most, good * worthOfASecond)));
        }
    }
}
