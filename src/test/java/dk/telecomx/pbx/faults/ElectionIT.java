package dk.telecomx.pbx.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dk.telecomx.pbx.Await;
import dk.telecomx.pbx.FixtureDatabase;
import dk.telecomx.pbx.Keys;
import dk.telecomx.pbx.faults.FaultProxy.Wire;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The primary of a replica set steps down, and is elected again: clean failures meanwhile, no more, and no restart. */
@Tag("faults")
@ResourceLock("one start after the other")
class ElectionIT {

    private static final Duration ELECTION = Duration.ofSeconds(2);
    private static final Duration RECOVERY = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final int CALLERS = 16;
    private static final int PROBES = 4;

    @Test
    void failsCleanlyWhileThereIsNoPrimaryAndRecovers() throws Exception {
        Keys keys = Keys.rsa("election");
        try (FixtureDatabase database = new FixtureDatabase();
                FaultProxy wire = new FaultProxy(database.address(), 0, "rs")) {
            Map<String, String> settings = PackagedService.settings(wire.port(), database.name(), keys.jwk());
            settings.merge("QUARKUS_MONGODB_CONNECTION_STRING", "/?replicaSet=rs", String::concat);
            try (PackagedService service = PackagedService.start("election", settings);
                    Load load = new Load(service, keys, CALLERS)) {
                Await.until("everything is well", PATIENCE, () -> load.well() > 200);
                for (int election = 0; election < 2; election++) {
                    elect(wire, service, load);
                }
                load.stop();
                System.out.println("elections: " + load);
                assertThat(load.wrongs()).isEmpty();
            }
        }
    }

    private static void elect(FaultProxy wire, PackagedService service, Load load) throws Exception {
        try (HealthWatch health = new HealthWatch(service)) {
            load.forgetSlowest();
            long failed = load.answered(500);
            long next = System.nanoTime() + ELECTION.toNanos();
            wire.turn(Wire.NOT_PRIMARY);
            Await.until("every caller was answered 500", PATIENCE, () -> load.answered(500) > failed + CALLERS);
            Await.until("the end of the election", PATIENCE, () -> System.nanoTime() >= next);
            wire.turn(Wire.OPEN);
            long well = load.well();
            Await.until("good answers", RECOVERY, () -> load.well() > well + CALLERS);
            health.wasWell(PROBES);
        }
        assertThat(load.slowestMillis()).as("slowest answer").isLessThan(PackagedService.ANSWER_LIMIT.toMillis());
    }
}
