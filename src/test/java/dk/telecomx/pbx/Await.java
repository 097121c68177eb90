package dk.telecomx.pbx;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Waits for what is promised to come. */
public final class Await {

    private static final Duration PAUSE = Duration.ofMillis(20);

    private Await() {}

    /**
     * Returns as soon as it is so; fails, saying what was waited for, where that is not told in time. What is told late counts as late,
     * however early it was asked for; and a failure to tell counts as not so.
     */
    public static void until(String what, Duration atMost, Callable<Boolean> so) {
        long start = System.nanoTime();
        Exception last = null;
        while (true) {
            boolean isSo = false;
            try {
                isSo = so.call();
            } catch (Exception notYet) {
                last = notYet;
            }
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            if (took.compareTo(atMost) > 0) {
                throw late(what, atMost, isSo ? ", but after " + took.toMillis() + " ms" : "", last);
            }
            if (isSo) {
                return;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private static AssertionError late(String what, Duration atMost, String when, @Nullable Exception last) {
        return new AssertionError("not within " + atMost.toMillis() + " ms" + when + ": " + what, last);
    }

    /** Lets that time pass. */
    public static void pass(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
