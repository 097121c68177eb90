package dk.telecomx.pbx.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dk.telecomx.pbx.Await;
import dk.telecomx.pbx.FixtureDatabase;
import dk.telecomx.pbx.Fixtures;
import dk.telecomx.pbx.Keys;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A connection to the database is cut in mid-answer: the driver reads once more. */
@Tag("faults")
class CutReadsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Duration CUT_EVERY = Duration.ofMillis(200);
    private static final int CALLERS = 16;

    private static final Keys KEYS = Keys.rsa("cut-reads");
    private static FixtureDatabase database;
    private static FaultProxy wire;

    @BeforeAll
    static void start() {
        database = new FixtureDatabase();
        wire = new FaultProxy(database.address());
    }

    @AfterAll
    static void stop() {
        wire.close();
        database.close();
    }

    @Test
    void hidesAReadThatIsCutOnce() throws Exception {
        String viewer = KEYS.viewerOf(Fixtures.ACME);
        try (PackagedService service = service("cut-reads", PackagedService.LONG_LIMITS)) {
            Await.until(
                    "a good answer",
                    PATIENCE,
                    () -> service.group(Fixtures.CROWD, viewer).statusCode() == 200);
            for (int i = 0; i < 5; i++) {
                int cuts = wire.cuts();
                long finds = wire.finds("PbxDialplans");
                wire.cutNextAnswer();
                HttpResponse<String> answer = service.group(Fixtures.CROWD, viewer);
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                assertThat(wire.cuts() - cuts).isEqualTo(1);
                assertThat(wire.finds("PbxDialplans") - finds).isEqualTo(2);
            }
        }
    }

    @Test
    void failsFewerThanOneInAHundredWhileEvery200MillisecondsAnAnswerIsCut() throws Exception {
        try (PackagedService service = service("many-cut-reads", Map.of());
                Load load = new Load(service, KEYS, CALLERS)) {
            Await.until("everything is well", PATIENCE, () -> load.answered(200) > 200);
            long good = load.answered(200);
            long bad = load.answered(500);
            int cutsBefore = wire.cuts();
            load.forgetSlowest();
            for (int i = 0; i < 15; i++) {
                int cuts = wire.cuts();
                long next = System.nanoTime() + CUT_EVERY.toNanos();
                long answered = load.answered();
                wire.cutNextAnswer();
                Await.until("the answer is cut", PATIENCE, () -> wire.cuts() > cuts);
                // On a machine so slow that each read would meet a cut, cuts come at a pace that leaves the retry a
                // chance.
                Await.until(
                        "the time of the next cut",
                        PATIENCE,
                        () -> System.nanoTime() >= next && load.answered() >= answered + 2 * CALLERS);
            }
            long failures = load.answered(500) - bad;
            long answers = load.answered(200) - good + failures;
            System.out.printf("%d cuts: %d of %d failed%n", wire.cuts() - cutsBefore, failures, answers);
            assertThat(failures).isLessThan(answers / 100);
            assertThat(load.slowestMillis()).isLessThan(PackagedService.ANSWER_LIMIT.toMillis());
            load.stop();
            assertThat(load.wrongs()).isEmpty();
        }
    }

    private static PackagedService service(String name, Map<String, String> limits) throws Exception {
        Map<String, String> settings = PackagedService.settings(wire.port(), database.name(), KEYS.jwk());
        settings.putAll(limits);
        return PackagedService.start(name, settings);
    }
}
