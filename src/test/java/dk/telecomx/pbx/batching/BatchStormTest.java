package dk.telecomx.pbx.batching;

import static org.assertj.core.api.Assertions.assertThat;

import dk.telecomx.pbx.Await;
import io.quarkus.vertx.core.runtime.VertxMDC;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mixed callers on all event loops at once, on real threads and in real time. */
class BatchStormTest {

    private static final int CALLERS = 2000;
    private static final String REQUEST_ID = "requestId";

    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private Vertx vertx;
    private ScheduledExecutorService network;

    @BeforeEach
    void start() {
        Limits.prepareMutiny();
        vertx = Vertx.vertx();
        network = Executors.newScheduledThreadPool(2);
    }

    @AfterEach
    void stop() {
        network.shutdownNow();
        vertx.close();
    }

    @Test
    void callersNeverCross() throws Exception {
        BatchLoader<UUID, String> lookup = Limits.over(this::asAStranger, Limits.PATIENT, vertx);
        CountDownLatch left = new CountDownLatch(CALLERS);
        List<ContextInternal> loops = eventLoops();
        for (int i = 0; i < CALLERS; i++) {
            String caller = "caller-" + i;
            ContextInternal context = loops.get(i % loops.size()).duplicate();
            context.runOnContext(nothing -> {
                VertxMDC.INSTANCE.put(REQUEST_ID, caller);
                context.localContextData().put("caller", caller);
                UUID id = UUID.randomUUID();
                lookup.byKey(id)
                        .chain(first -> lookup.byKey(id).map(second -> first))
                        .subscribe()
                        .with(
                                found -> {
                                    checkIsOn(context, caller);
                                    if (!Optional.of(ManualSource.value(id)).equals(found)) {
                                        wrong.add(caller + " got " + found);
                                    }
                                    left.countDown();
                                },
                                failure -> {
                                    wrong.add(caller + ": " + failure);
                                    left.countDown();
                                });
            });
        }
        assertThat(left.await(60, TimeUnit.SECONDS)).as("all were answered").isTrue();
        assertThat(wrong).isEmpty();
        assertThat(lookup.queriesInFlight() + lookup.pending()).isZero();
    }

    /** Waiters leave from threads of their own while queries succeed, fail, hang and run into the time limit. */
    @Test
    void leaksNoSlotUnderRaces() throws Exception {
        BatchLimits limits = new BatchLimits(4, Duration.ofMillis(20), 20, 500_000, Duration.ofMillis(1));
        BatchLoader<UUID, String> lookup = Limits.over(this::unreliably, limits, vertx);
        List<ContextInternal> loops = eventLoops();
        CountDownLatch left = new CountDownLatch(CALLERS);
        for (int i = 0; i < CALLERS; i++) {
            ContextInternal context = loops.get(i % loops.size()).duplicate();
            context.runOnContext(nothing -> {
                int ids = ThreadLocalRandom.current().nextInt(1, 14);
                Cancellable subscription = lookup.byKeys(Reply.ids(ids))
                        .onTermination()
                        .invoke(left::countDown)
                        .subscribe()
                        .with(found -> {}, failure -> {});
                if (ids % 2 == 0) {
                    later(3000).subscribe().with(now -> subscription.cancel());
                }
            });
        }
        assertThat(left.await(60, TimeUnit.SECONDS)).as("all came to an end").isTrue();
        Await.until(
                "nothing is left",
                Duration.ofSeconds(10),
                () -> lookup.queriesInFlight() == 0 && lookup.pending() == 0);
    }

    @Test
    void oneHungQueryKeepsNoOtherLookupWaiting() throws Exception {
        UUID cursed = UUID.randomUUID();
        CountDownLatch sent = new CountDownLatch(1);
        // Whoever waited for the hung one would wait for a minute.
        BatchLimits limits = new BatchLimits(4, Duration.ofMinutes(1));
        BatchLoader<UUID, String> lookup = Limits.over(
                ids -> {
                    if (ids.contains(cursed)) {
                        sent.countDown();
                        return Uni.createFrom().nothing();
                    }
                    return Uni.createFrom().item(values(ids));
                },
                limits,
                vertx);
        lookup.byKey(cursed).subscribe().with(found -> {}, failure -> {});
        assertThat(sent.await(10, TimeUnit.SECONDS))
                .as("the cursed one was sent")
                .isTrue();
        for (int i = 0; i < 50; i++) {
            lookup.byKey(UUID.randomUUID()).await().atMost(Duration.ofSeconds(10));
        }
        assertThat(lookup.queriesInFlight()).as("the hung one").isEqualTo(1);
    }

    private List<ContextInternal> eventLoops() {
        List<ContextInternal> loops = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            loops.add(((VertxInternal) vertx).createEventLoopContext());
        }
        return loops;
    }

    private void checkIsOn(ContextInternal context, String caller) {
        if (Vertx.currentContext() != context) {
            wrong.add(caller + " resumed on another context");
        }
        if (!caller.equals(VertxMDC.INSTANCE.get(REQUEST_ID))) {
            wrong.add(caller + " logs as " + VertxMDC.INSTANCE.get(REQUEST_ID));
        }
        if (!caller.equals(context.localContextData().get("caller"))) {
            wrong.add(caller + " is " + context.localContextData().get("caller"));
        }
    }

    private Uni<Map<UUID, String>> asAStranger(Set<UUID> ids) {
        if (VertxMDC.INSTANCE.get(REQUEST_ID) != null) {
            wrong.add("a query logs as " + VertxMDC.INSTANCE.get(REQUEST_ID));
        }
        if (((ContextInternal) Vertx.currentContext()).localContextData().get("caller") != null) {
            wrong.add("a query runs as a caller");
        }
        VertxMDC.INSTANCE.put(REQUEST_ID, "a query's own");
        Map<UUID, String> values = values(ids);
        return later(2000).map(due -> values);
    }

    private Uni<Map<UUID, String>> unreliably(Set<UUID> ids) {
        Map<UUID, String> values = values(ids);
        return switch (ThreadLocalRandom.current().nextInt(8)) {
            case 0 -> Uni.createFrom().nothing();
            case 1 -> throw new IllegalStateException("no client");
            case 2 ->
                later(3000).map(due -> {
                    throw new IllegalStateException("away");
                });
            case 3 -> Uni.createFrom().item(values);
            default -> later(3000).map(due -> values);
        };
    }

    private Uni<Long> later(int atMostMicroseconds) {
        long pause = ThreadLocalRandom.current().nextLong(atMostMicroseconds);
        return Uni.createFrom()
                .item(pause)
                .onItem()
                .delayIt()
                .onExecutor(network)
                .by(Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(Math.max(1, pause))));
    }

    private static Map<UUID, String> values(Set<UUID> ids) {
        return ManualSource.values(ids);
    }
}
