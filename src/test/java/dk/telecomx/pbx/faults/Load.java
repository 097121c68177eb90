package dk.telecomx.pbx.faults;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Callers of every kind, who read their own groups and others', one request after the other each. It judges as it goes: what is not the
 * caller's is never answered with 200, and every answer is one of the contract's.
 */
final class Load implements AutoCloseable {

    /** A caller, what it asks for, and whether it may have it. */
    private record Part(String name, String token, String path, boolean own) {}

    private final PackagedService service;
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final List<Part> parts;
    private final Map<Integer, LongAdder> statuses = new ConcurrentHashMap<>();
    private final List<String> wrongs = Collections.synchronizedList(new ArrayList<>());
    private volatile boolean stopped;
    private volatile long slowestNanos;

    Load(PackagedService service, Keys keys, int callersAtATime) {
        this.service = service;
        String viewer = keys.viewerOf(Cast.NORTHERN_CUSTOMER);
        String reseller = keys.reseller(Cast.NORTH);
        String admin = keys.admin();
        String expanded = "?expandExtension=true&expandGoto=true";
        parts = List.of(
                new Part("viewer, own", viewer, Cast.NORTHERN_GROUP, true),
                new Part("viewer, own, expanded", viewer, Cast.NORTHERN_GROUP + expanded, true),
                new Part("viewer, foreign", viewer, Cast.SOUTHERN_GROUP, false),
                new Part("reseller, own", reseller, Cast.NORTHERN_GROUP, true),
                new Part("reseller, own, expanded", reseller, Cast.NORTHERN_GROUP + expanded, true),
                new Part("reseller, foreign", reseller, Cast.SOUTHERN_GROUP + expanded, false),
                new Part("admin", admin, Cast.SOUTHERN_GROUP, true),
                new Part("admin, expanded", admin, Cast.SOUTHERN_GROUP + expanded, true));
        for (int i = 0; i < callersAtATime; i++) {
            int first = i;
            callers.execute(() -> call(first));
        }
    }

    private void call(int first) {
        for (int i = first; !stopped; i++) {
            Part part = parts.get(i % parts.size());
            long start = System.nanoTime();
            try {
                judge(part, service.group(part.path(), part.token()));
            } catch (RuntimeException cut) {
                if (!stopped) {
                    wrongs.add(part.name() + ": " + cut);
                }
            }
            slowestNanos = Math.max(slowestNanos, System.nanoTime() - start);
        }
    }

    private void judge(Part part, HttpResponse<String> answer) {
        int status = answer.statusCode();
        statuses.computeIfAbsent(status, any -> new LongAdder()).increment();
        boolean right =
                switch (status) {
                    case 200 ->
                        part.own()
                                && answer.body()
                                        .contains("\"_id\":\"" + part.path().substring(0, 24));
                    case 403 -> !part.own() && answer.body().contains("\"access_denied\"");
                    case 500 ->
                        answer.body()
                                .equals(
                                        "{\"error\":{\"message\":\"Internal server error\",\"code\":\"internal_error\",\"status\":500}}");
                    case 503 -> answer.body().contains("\"overloaded\"");
                    default -> false;
                };
        if (!right) {
            wrongs.add(part.name() + ": " + status + " " + answer.body());
        }
    }

    long answered(int status) {
        LongAdder count = statuses.get(status);
        return count == null ? 0 : count.sum();
    }

    long answered() {
        return statuses.values().stream().mapToLong(LongAdder::sum).sum();
    }

    /** What was answered that ought not to have been. */
    List<String> wrongs() {
        return List.copyOf(wrongs);
    }

    long slowestMillis() {
        return TimeUnit.NANOSECONDS.toMillis(slowestNanos);
    }

    void forgetSlowest() {
        slowestNanos = 0;
    }

    /** Stops the callers, and waits for the answers that are under way. */
    void stop() throws InterruptedException {
        stopped = true;
        callers.shutdown();
        if (!callers.awaitTermination(15, TimeUnit.SECONDS)) {
            throw new AssertionError("callers still wait for an answer");
        }
    }

    @Override
    public void close() {
        stopped = true;
        callers.shutdownNow();
    }

    @Override
    public String toString() {
        return statuses + ", slowest " + slowestMillis() + " ms";
    }
}
