package dk.telecomx.pbx.faults;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Waits for what is promised to come. */
final class Await {

    private static final int PAUSE_MILLIS = 20;

    private Await() {}

    /** Waits until it is so; fails, saying what was waited for, where it is not so in time. A failure to tell counts as not so. */
    static void until(String what, Duration deadline, Callable<Boolean> so) throws InterruptedException {
        long end = System.nanoTime() + deadline.toNanos();
        while (!isSo(so)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within " + deadline.toMillis() + " ms: " + what);
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }

    private static boolean isSo(Callable<Boolean> so) {
        try {
            return so.call();
        } catch (Exception notYet) {
            return false;
        }
    }
}
