package dk.telecomx.pbx.faults;

import dk.telecomx.pbx.Await;
import dk.telecomx.pbx.Fixtures;
import dk.telecomx.pbx.Keys;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Callers of every kind, who read their own groups and others', one request after the other each. It judges as it goes: what is not the
 * caller's is never answered with 200, what is comes byte for byte as before the fault, and every answer is one of the contract's.
 */
final class Load implements AutoCloseable {

    /** Who asks. */
    enum Who {
        VIEWER,
        RESELLER,
        ADMIN
    }

    /** What one asks for, and the answer where it may have it. */
    private record Part(
            Who who, String token, String path, @Nullable String body) {

        boolean isRight(HttpResponse<String> answer) {
            return switch (answer.statusCode()) {
                case 200 -> answer.body().equals(body);
                case 403 -> body == null && answer.body().equals(REFUSED);
                case 500 -> answer.body().equals(FAILED);
                case 503 -> answer.body().equals(OVERLOADED);
                default -> false;
            };
        }
    }

    private static final String REFUSED = error("Insufficient access level", "access_denied", 403);
    private static final String FAILED = error("Internal server error", "internal_error", 500);
    private static final String OVERLOADED = error("Too many requests at the moment", "overloaded", 503);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final PackagedService service;
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final List<Part> parts = new ArrayList<>();
    private final Map<Who, Map<Integer, LongAdder>> statuses = new EnumMap<>(Who.class);
    private final Map<Who, LongAccumulator> slowestNanos = new EnumMap<>(Who.class);
    private final List<String> wrongs = Collections.synchronizedList(new ArrayList<>());
    private final long nanosBetween;
    private volatile boolean stopped;

    /** So many callers, who ask again as soon as they are answered. */
    Load(PackagedService service, Keys keys, int callersAtATime) {
        this(service, keys, callersAtATime, Double.POSITIVE_INFINITY);
    }

    /** So many callers, who together ask at most so many times a second. */
    Load(PackagedService service, Keys keys, int callersAtATime, double perSecond) {
        this.service = service;
        this.nanosBetween = (long) (callersAtATime * 1e9 / perSecond);
        for (Who who : Who.values()) {
            statuses.put(who, new ConcurrentHashMap<>());
            slowestNanos.put(who, new LongAccumulator(Math::max, 0));
        }
        String viewer = keys.viewerOf(Fixtures.ACME);
        String reseller = keys.reseller(Fixtures.NORDIC);
        String admin = keys.admin();
        String own = Fixtures.CROWD.toHexString();
        String others = Fixtures.CROWD_OF_GDANSK.toHexString();
        String expanded = "?expandExtension=true&expandGoto=true";
        mayRead(Who.VIEWER, viewer, own);
        mayRead(Who.VIEWER, viewer, own + expanded);
        parts.add(new Part(Who.VIEWER, viewer, others, null));
        mayRead(Who.RESELLER, reseller, own);
        mayRead(Who.RESELLER, reseller, own + expanded);
        parts.add(new Part(Who.RESELLER, reseller, others + expanded, null));
        mayRead(Who.ADMIN, admin, others);
        mayRead(Who.ADMIN, admin, others + expanded);
        for (int i = 0; i < callersAtATime; i++) {
            int first = i;
            callers.execute(() -> call(first));
        }
    }

    private static String error(String message, String code, int status) {
        return "{\"error\":{\"message\":\"" + message + "\",\"code\":\"" + code + "\",\"status\":" + status + "}}";
    }

    private void mayRead(Who who, String token, String path) {
        List<String> good = new ArrayList<>();
        Await.until(who + " reads " + path, PATIENCE, () -> {
            HttpResponse<String> answer = service.group(path, token);
            good.add(answer.body());
            return answer.statusCode() == 200;
        });
        parts.add(new Part(who, token, path, good.get(good.size() - 1)));
    }

    private void call(int first) {
        long due = System.nanoTime();
        for (int i = first; !stopped; i++) {
            Part part = parts.get(i % parts.size());
            long start = System.nanoTime();
            try {
                judge(part, service.group(part.path(), part.token()));
            } catch (RuntimeException cut) {
                if (!stopped) {
                    wrongs.add(part.who() + " " + part.path() + ": " + cut);
                }
            }
            long end = System.nanoTime();
            at(slowestNanos, part.who()).accumulate(end - start);
            due = Math.max(due + nanosBetween, end);
            while (!stopped && System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
        }
    }

    private void judge(Part part, HttpResponse<String> answer) {
        if (!part.isRight(answer)) {
            wrongs.add(part.who() + " " + part.path() + ": " + answer.statusCode() + " " + answer.body());
        }
        at(statuses, part.who())
                .computeIfAbsent(answer.statusCode(), any -> new LongAdder())
                .increment();
    }

    private static <T> T at(Map<Who, T> each, Who who) {
        return java.util.Objects.requireNonNull(each.get(who));
    }

    long answered(Who who, int status) {
        LongAdder count = at(statuses, who).get(status);
        return count == null ? 0 : count.sum();
    }

    long answered(int status) {
        long all = 0;
        for (Who who : Who.values()) {
            all += answered(who, status);
        }
        return all;
    }

    /** How many were answered as if nothing were wrong. */
    long well() {
        return answered(200) + answered(403);
    }

    long answered() {
        return statuses.values().stream()
                .flatMap(each -> each.values().stream())
                .mapToLong(LongAdder::sum)
                .sum();
    }

    /** What was answered that ought not to have been. */
    List<String> wrongs() {
        return List.copyOf(wrongs);
    }

    long slowestMillis(Who who) {
        return TimeUnit.NANOSECONDS.toMillis(at(slowestNanos, who).get());
    }

    long slowestMillis() {
        long slowest = 0;
        for (Who who : Who.values()) {
            slowest = Math.max(slowest, slowestMillis(who));
        }
        return slowest;
    }

    void forgetSlowest() {
        slowestNanos.values().forEach(LongAccumulator::reset);
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
