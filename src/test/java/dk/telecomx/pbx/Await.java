package dk.telecomx.pbx;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what will be so. */
public final class Await {

    private static final Duration PAUSE = Duration.ofMillis(100);

    private Await() {}

    /** Returns as soon as it is so; fails if it is not so in time. */
    public static void until(String what, Duration atMost, BooleanSupplier isSo) {
        long end = System.nanoTime() + atMost.toNanos();
        while (!isSo.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within " + atMost + ": " + what);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}
