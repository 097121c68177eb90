package dk.telecomx.pbx.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dk.telecomx.pbx.Await;
import dk.telecomx.pbx.FixtureDatabase;
import dk.telecomx.pbx.Fixtures;
import dk.telecomx.pbx.Keys;
import dk.telecomx.pbx.faults.FaultProxy.Wire;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ready means that a read works: faults behind which the database still answers a ping. */
@Tag("faults")
@ResourceLock("one start after the other")
class ReadinessIT {

    private static final Duration READ = Duration.ofSeconds(3);
    private static final Duration PROBE = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int PROBES = 4;

    private static final Keys KEYS = Keys.rsa("readiness");
    private static final String VIEWER = KEYS.viewerOf(Fixtures.ACME);
    private static FixtureDatabase database;
    private static FaultProxy wire;
    private static PackagedService service;

    @BeforeAll
    static void start() throws Exception {
        database = new FixtureDatabase();
        wire = new FaultProxy(database.address(), 0, "rs0");
        Map<String, String> settings = PackagedService.settings(wire.port(), database.name(), KEYS.jwk());
        settings.merge("QUARKUS_MONGODB_CONNECTION_STRING", "/?directConnection=true", String::concat);
        // Sooner than by default, so that the driver's words come before the probe's time is over, on a slow machine,
        // too.
        settings.put("QUARKUS_MONGODB_SERVER_SELECTION_TIMEOUT", "600ms");
        service = PackagedService.start("readiness", settings);
        isWell();
    }

    @AfterAll
    static void stop() {
        service.close();
        wire.close();
        database.close();
    }

    @AfterEach
    void mend() {
        wire.malform(null);
        wire.turn(Wire.OPEN);
        isWell();
    }

    private static void isWell() {
        Await.until("ready", PATIENCE, () -> service.health("ready").statusCode() == 200);
        Await.until(
                "a good answer",
                PATIENCE,
                () -> service.group(Fixtures.CROWD, VIEWER).statusCode() == 200);
    }

    @ParameterizedTest(name = "database {0}")
    @CsvSource({
        "NOT_PRIMARY,  no primary among the database's members",
        "UNAUTHORIZED, the database user has no right to read",
        "HUNG,         the database did not answer in time"
    })
    void isLostAndRegainedWithOneLineEach(Wire fault, String words) {
        long before = service.log().lines().count();
        wire.turn(fault);
        Await.until("not ready", PATIENCE, () -> service.health("ready").statusCode() == 503);
        long finds = wire.finds("PbxDialplans") + wire.finds("Customers");
        for (int probe = 0; probe < PROBES; probe++) {
            assertThat(answeredWithin(PROBE, () -> service.health("ready")).statusCode())
                    .isEqualTo(503);
            assertThat(answeredWithin(READ, () -> service.group(Fixtures.CROWD, VIEWER))
                            .statusCode())
                    .isEqualTo(500);
        }
        if (fault == Wire.NOT_PRIMARY) {
            assertThat(wire.finds("PbxDialplans") + wire.finds("Customers"))
                    .as("reads of the secondary")
                    .isEqualTo(finds);
        }
        wire.turn(Wire.OPEN);
        isWell();

        List<String> changes = service.changesOfReadinessBehind(before);
        assertThat(changes).hasSize(2);
        assertThat(changes.get(0)).contains("WARN", "not ready: " + words);
        assertThat(changes.get(1)).contains("INFO", "ready: the database can be read");
    }

    @Test
    void isNotLostByADocumentThatIsNoBson() {
        wire.malform(Fixtures.CROWD);
        assertThat(service.group(Fixtures.CROWD, VIEWER).statusCode()).isEqualTo(500);
        assertThat(service.group(Fixtures.CROWD_OF_GDANSK, KEYS.admin()).statusCode())
                .isEqualTo(200);
        assertThat(service.health("ready").statusCode()).isEqualTo(200);
    }

    @Test
    void aCustomerThatIsNoBsonIsAFailureAndNeverAPass() {
        wire.malform(Fixtures.ACME);
        assertThat(service.group(Fixtures.CROWD, KEYS.reseller(Fixtures.NORDIC)).statusCode())
                .isEqualTo(500);
        assertThat(service.group(Fixtures.CROWD_OF_GDANSK, KEYS.reseller(Fixtures.BALTIC))
                        .statusCode())
                .isEqualTo(200);
    }

    private static HttpResponse<String> answeredWithin(Duration limit, Supplier<HttpResponse<String>> request) {
        long start = System.nanoTime();
        HttpResponse<String> answer = request.get();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(limit);
        return answer;
    }
}
