package dk.telecomx.pbx.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Asks after a service's health again and again: alive always, and each answer in time. */
final class HealthWatch implements AutoCloseable {

    private static final Duration TIME_LIMIT = Duration.ofSeconds(2);

    private final PackagedService service;
    private final List<String> wrongs = new CopyOnWriteArrayList<>();
    private final AtomicInteger probes = new AtomicInteger();
    private final Thread thread = new Thread(this::watch, "health");
    private volatile boolean stopped;

    HealthWatch(PackagedService service) {
        this.service = service;
        thread.start();
    }

    private void watch() {
        while (!stopped) {
            ask("live", true);
            ask("ready", false);
        }
    }

    private void ask(String check, boolean mustBeUp) {
        long start = System.nanoTime();
        String answer;
        boolean right;
        try {
            int status = service.health(check).statusCode();
            answer = Integer.toString(status);
            right = status == 200 || (status == 503 && !mustBeUp);
        } catch (RuntimeException none) {
            answer = none.toString();
            right = false;
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        if (!right || took.compareTo(TIME_LIMIT) > 0) {
            wrongs.add(check + ": " + answer + " after " + took.toMillis() + " ms");
        }
        probes.incrementAndGet();
    }

    /** Stops asking, and fails where any answer was not as it should be, or fewer came than that. */
    void wasWell(int atLeast) throws InterruptedException {
        stopped = true;
        thread.join();
        assertThat(wrongs).as("probes that were not answered as promised").isEmpty();
        assertThat(probes.get()).as("probes").isGreaterThanOrEqualTo(atLeast);
    }

    @Override
    public void close() {
        stopped = true;
    }
}
