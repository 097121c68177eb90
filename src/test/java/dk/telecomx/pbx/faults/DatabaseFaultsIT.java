package dk.telecomx.pbx.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dk.telecomx.pbx.Await;
import dk.telecomx.pbx.FixtureDatabase;
import dk.telecomx.pbx.Fixtures;
import dk.telecomx.pbx.Keys;
import dk.telecomx.pbx.faults.FaultProxy.Wire;
import dk.telecomx.pbx.faults.Load.Who;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The database refuses, hangs, slows and comes back, under the load of every kind of caller. */
@Tag("faults")
class DatabaseFaultsIT {

    private static final int PROBES = 4;
    private static final Duration NOT_READY = Duration.ofSeconds(5);
    private static final Duration RECOVERY = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final int CALLERS = 16;
    private static final int MANY_CALLERS = 60;

    private static final Keys KEYS = Keys.rsa("faults");
    private static FixtureDatabase database;
    private static FaultProxy wire;
    private static PackagedService service;

    private Load load;

    @BeforeAll
    static void start() throws Exception {
        database = new FixtureDatabase();
        wire = new FaultProxy(database.address());
        service = PackagedService.start(
                "database-faults", PackagedService.settings(wire.port(), database.name(), KEYS.jwk()), "-Xmx256m");
        Await.until("the first good answer", Duration.ofSeconds(60), DatabaseFaultsIT::answersWell);
    }

    @AfterAll
    static void stop() {
        service.close();
        wire.close();
        database.close();
    }

    @BeforeEach
    void isWell() throws Exception {
        wire.turn(Wire.OPEN);
        load = new Load(service, KEYS, CALLERS);
        Await.until("everything is well", PATIENCE, () -> load.answered(200) > 200 && isReady());
    }

    @AfterEach
    void nobodySawWhatIsNotTheirs() throws Exception {
        load.stop();
        assertThat(load.wrongs()).isEmpty();
        System.out.println("database faults: " + load);
    }

    @ParameterizedTest(name = "database {0}")
    @EnumSource(
            value = Wire.class,
            names = {"REFUSING", "HUNG", "CORRUPT"})
    void failsCleanlyWhileTheDatabaseIsAwayAndRecovers(Wire fault) throws Exception {
        try (HealthWatch health = new HealthWatch(service)) {
            load.forgetSlowest();
            wire.turn(fault);

            Await.until("not ready", NOT_READY, () -> service.health("ready").statusCode() == 503);
            long failed = load.answered(500);
            Await.until(
                    "every caller was answered 500 again", PATIENCE, () -> load.answered(500) > failed + 2 * CALLERS);
            assertThat(load.slowestMillis()).as("slowest answer").isLessThan(PackagedService.ANSWER_LIMIT.toMillis());

            wire.turn(Wire.OPEN);
            Await.until("a good answer", RECOVERY, DatabaseFaultsIT::answersWell);
            Await.until("ready", NOT_READY, DatabaseFaultsIT::isReady);
            health.wasWell(PROBES);
        }
    }

    @Test
    void isSlowWhereTheDatabaseIsSlowAndFailsNobody() throws Exception {
        wire.turn(Wire.SLOW);
        long good = load.answered(200);
        long bad = load.answered(500);

        Await.until("callers were answered", PATIENCE, () -> load.answered(200) > good + 5 * CALLERS);

        assertThat(load.answered(500)).isEqualTo(bad);
    }

    @Test
    void showsNobodyMoreWhileTheResellerEdgeCannotBeReadAndFailsNobodyElse() throws Exception {
        long others = load.answered(Who.VIEWER, 500) + load.answered(Who.ADMIN, 500);
        wire.turn(Wire.WITHOUT_EDGE);
        // What was asked before is still answered.
        long first = load.answered(Who.RESELLER, 500);
        Await.until("resellers fail", PATIENCE, () -> load.answered(Who.RESELLER, 500) > first);
        load.forgetSlowest();
        long passed = load.answered(Who.RESELLER, 200) + load.answered(Who.RESELLER, 403);
        long well = load.answered(Who.VIEWER, 200) + load.answered(Who.ADMIN, 200);
        Await.until(
                "resellers failed again and again",
                PATIENCE,
                () -> load.answered(Who.RESELLER, 500) > first + 4 * CALLERS);

        assertThat(load.answered(Who.RESELLER, 200) + load.answered(Who.RESELLER, 403))
                .isEqualTo(passed);
        assertThat(load.slowestMillis()).as("slowest answer").isLessThan(PackagedService.ANSWER_LIMIT.toMillis());
        assertThat(load.answered(Who.VIEWER, 500) + load.answered(Who.ADMIN, 500))
                .isEqualTo(others);
        assertThat(load.answered(Who.VIEWER, 200) + load.answered(Who.ADMIN, 200))
                .isGreaterThan(well);
        wire.turn(Wire.OPEN);
        Await.until("a good answer", RECOVERY, DatabaseFaultsIT::answersWell);
    }

    @Test
    void triesEachQueryForTheEdgeTwiceHoweverManyWaitForIt() throws Exception {
        load.stop();
        Await.until("idle", PATIENCE, DatabaseFaultsIT::isIdle);
        long queries = edgeQueries();
        long finds = wire.finds("Customers");
        wire.turn(Wire.WITHOUT_EDGE);

        try (ConnectionFlood resellers = new ConnectionFlood(
                service.port(),
                MANY_CALLERS,
                List.of(ConnectionFlood.read(Fixtures.CROWD, KEYS.reseller(Fixtures.NORDIC))))) {
            assertThat(resellers.ask(Duration.ZERO)).hasSize(MANY_CALLERS).allMatch(answer -> answer.status() == 500);
        }
        Await.until("idle", PATIENCE, DatabaseFaultsIT::isIdle);
        assertThat(edgeQueries() - queries).isPositive();
        assertThat(wire.finds("Customers") - finds).isLessThanOrEqualTo(2 * (edgeQueries() - queries));
    }

    private static boolean isIdle() {
        return service.metric("pbx_requests_in_flight") == 0 && service.metric("pbx_lookup_queries_in_flight") == 0;
    }

    private static long edgeQueries() {
        return (long) service.metric("pbx_lookup_queries_total", "customer");
    }

    /** What a reseller's read does would not work. */
    @Test
    void isNotReadyWhileTheResellerEdgeCannotBeRead() {
        wire.turn(Wire.WITHOUT_EDGE);
        Await.until("not ready", PATIENCE, () -> !isReady());
        wire.turn(Wire.OPEN);
        Await.until("ready", PATIENCE, DatabaseFaultsIT::isReady);
    }

    @Test
    void failsAResellersReadInTimeAfterTwoTriesAtTheEdge() throws Exception {
        load.stop();
        wire.turn(Wire.WITHOUT_EDGE);
        for (ObjectId group : List.of(Fixtures.CROWD, Fixtures.CROWD_OF_GDANSK)) {
            long finds = wire.finds("Customers");
            long start = System.nanoTime();

            HttpResponse<String> answer = service.group(group, KEYS.reseller(Fixtures.NORDIC));

            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PackagedService.ANSWER_LIMIT);
            assertThat(wire.finds("Customers") - finds).isEqualTo(2);
        }
    }

    @Test
    void keepsNothingOfManyFaults() throws Exception {
        load.stop();
        Await.until("idle", PATIENCE, DatabaseFaultsIT::isIdle);
        int files = service.openFiles();
        load = new Load(service, KEYS, CALLERS);
        for (Wire fault : List.of(Wire.HUNG, Wire.REFUSING, Wire.CORRUPT, Wire.HUNG)) {
            long failed = load.answered(500);
            wire.turn(fault);
            Await.until("failures", PATIENCE, () -> load.answered(500) > failed + CALLERS);
            wire.turn(Wire.OPEN);
            Await.until("recovered", RECOVERY, DatabaseFaultsIT::answersWell);
        }
        load.stop();
        Await.until("idle", PATIENCE, DatabaseFaultsIT::isIdle);
        Await.until("no connection is left behind", PATIENCE, () -> service.openFiles() <= files + CALLERS + 5);
        assertThat(wire.connections()).isLessThanOrEqualTo(36);
    }

    private static boolean isReady() {
        return service.health("ready").statusCode() == 200;
    }

    private static boolean answersWell() {
        return service.group(Fixtures.CROWD, KEYS.reseller(Fixtures.NORDIC)).statusCode() == 200;
    }
}
