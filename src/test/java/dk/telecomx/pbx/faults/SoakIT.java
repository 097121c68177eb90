package dk.telecomx.pbx.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dk.telecomx.pbx.Await;
import dk.telecomx.pbx.FixtureDatabase;
import dk.telecomx.pbx.Fixtures;
import dk.telecomx.pbx.Keys;
import dk.telecomx.pbx.faults.FaultProxy.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Half of what the service can do, while its database fails in every way, in random order and for random times: each promise holds, and
 * nothing is left behind. For longer: {@code -Dsoak.rounds=40}; for the same faults again: {@code -Dsoak.seed=...}
 */
@Tag("faults")
@Isolated("its load, and its limits of time")
@DisabledIfSystemProperty(
        named = "native",
        matches = ".*",
        disabledReason = "jcmd counts what is alive on a JVM's heap")
class SoakIT {

    /** In each round, each fault once. */
    private static final int ROUNDS = Integer.getInteger("soak.rounds", 2);

    private static final long SEED = Long.getLong("soak.seed", System.nanoTime());

    private static final Duration RECOVERY = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration CUT_EVERY = Duration.ofMillis(100);
    private static final int CALLERS = 16;
    private static final int WARM = 10_000;
    /** The pool's size, and two connections that watch the server. */
    private static final int CONNECTIONS = 34;

    private static final List<Wire> FAULTS =
            List.of(Wire.REFUSING, Wire.HUNG, Wire.SLOW, Wire.CORRUPT, Wire.WITHOUT_EDGE, Wire.NOT_PRIMARY, Wire.OPEN);

    private static final Keys KEYS = Keys.rsa("soak");

    private final Random random = new Random(SEED);

    /** What a service holds when nobody asks it for anything. */
    private record Held(int files, int threads, long liveBytes) {
        static Held by(PackagedService service, FaultProxy wire) throws Exception {
            return new Held(service.filesBesidesClients() - wire.connections(), service.threads(), service.liveBytes());
        }

        boolean isNoMoreThan(Held before) {
            return Math.abs(files - before.files) <= 5
                    && Math.abs(threads - before.threads) <= 5
                    && liveBytes <= before.liveBytes * 11 / 10;
        }
    }

    @Test
    void keepsItsPromisesAndNothingElse() throws Exception {
        System.out.println("soak: " + ROUNDS + " rounds, -Dsoak.seed=" + SEED);
        try (FixtureDatabase database = new FixtureDatabase();
                FaultProxy wire = new FaultProxy(database.address());
                PackagedService service = PackagedService.start(
                        "soak", PackagedService.settings(wire.port(), database.name(), KEYS.jwk()), "-Xmx256m")) {
            double half = pace(service) / 2;
            try (Load load = new Load(service, KEYS, CALLERS, half)) {
                for (Wire fault : FAULTS) {
                    suffer(fault, wire, service);
                }
                load.stop();
            }
            Held before = held(service, wire);

            try (Load load = new Load(service, KEYS, CALLERS, half);
                    HealthWatch health = new HealthWatch(service)) {
                List<Wire> faults = new ArrayList<>(FAULTS);
                for (int round = 0; round < ROUNDS; round++) {
                    Collections.shuffle(faults, random);
                    for (Wire fault : faults) {
                        suffer(fault, wire, service);
                        Await.pass(Duration.ofMillis(random.nextInt(500)));
                        assertThat(load.wrongs()).isEmpty();
                    }
                }
                load.stop();
                System.out.printf("soak: %.0f requests a second, %s%n", half, load);
                assertThat(load.wrongs()).isEmpty();
                assertThat(load.slowestMillis())
                        .as("slowest answer")
                        .isLessThan(PackagedService.ANSWER_LIMIT.toMillis());
                assertThat(load.well()).isPositive();
                health.wasWell(ROUNDS * FAULTS.size());
            }

            Held after = held(service, wire);
            System.out.printf("soak: %s before, %s after, %d connections%n", before, after, wire.connections());
            assertThat(after).matches(held -> held.isNoMoreThan(before), "no more than " + before);
            assertThat(wire.connections()).isLessThanOrEqualTo(CONNECTIONS);
        }
    }

    /** How many requests a second the service answers these callers, once it is warm. */
    private static double pace(PackagedService service) throws InterruptedException {
        try (Load load = new Load(service, KEYS, CALLERS)) {
            Await.until("warm", PATIENCE, () -> load.well() > WARM);
            long well = load.well();
            long start = System.nanoTime();
            Await.pass(Duration.ofSeconds(3));
            double pace = (load.well() - well) * 1e9 / (System.nanoTime() - start);
            load.stop();
            return pace;
        }
    }

    /** A fault for a while; for an open wire, cuts in mid-answer one after the other. Good answers are back in time. */
    private void suffer(Wire fault, FaultProxy wire, PackagedService service) {
        long end = System.nanoTime()
                + Duration.ofMillis(100 + random.nextInt(2_900)).toNanos();
        wire.turn(fault);
        while (System.nanoTime() < end) {
            if (fault == Wire.OPEN) {
                wire.cutNextAnswer();
            }
            Await.pass(CUT_EVERY);
        }
        wire.cutAnswers(0, none -> false);
        wire.turn(Wire.OPEN);
        String reseller = KEYS.reseller(Fixtures.NORDIC);
        Await.until(
                "a good answer after " + fault,
                RECOVERY,
                () -> service.group(Fixtures.CROWD, reseller).statusCode() == 200);
    }

    /** What is held once all is at rest: what was given up ends, and is collected, in its own time. */
    private static Held held(PackagedService service, FaultProxy wire) throws Exception {
        Await.until("nothing in hand", PATIENCE, () -> service.metric("pbx_requests_in_flight") == 0);
        Await.until("nothing in flight", PATIENCE, () -> service.metric("pbx_lookup_queries_in_flight") == 0);
        Await.until("nothing but the pool is connected", PATIENCE, () -> wire.connections() <= CONNECTIONS);
        return Held.by(service, wire);
    }
}
