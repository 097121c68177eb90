package dk.telecomx.pbx.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dk.telecomx.pbx.Await;
import dk.telecomx.pbx.FixtureDatabase;
import dk.telecomx.pbx.Fixtures;
import dk.telecomx.pbx.Keys;
import dk.telecomx.pbx.faults.FaultProxy.Wire;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A service that is started before its database lives, is not ready, and needs no restart. */
@Tag("faults")
@ResourceLock("one start after the other")
class StartWithoutDatabaseIT {

    @ParameterizedTest(name = "database {0}")
    @EnumSource(
            value = Wire.class,
            names = {"REFUSING", "HUNG"})
    void livesIsNotReadyAndRecovers(Wire fault) throws Exception {
        Keys keys = Keys.rsa("start");
        String viewer = keys.viewerOf(Fixtures.ACME);
        try (FixtureDatabase database = new FixtureDatabase();
                FaultProxy wire = new FaultProxy(database.address())) {
            wire.turn(fault);
            try (PackagedService service = PackagedService.start(
                    "start-" + fault, PackagedService.settings(wire.port(), database.name(), keys.jwk()))) {
                assertThat(service.health("ready").statusCode()).isEqualTo(503);
                assertThat(service.group(Fixtures.CROWD, viewer).statusCode()).isEqualTo(500);

                wire.turn(Wire.OPEN);
                Await.until(
                        "a good answer",
                        Duration.ofSeconds(2),
                        () -> service.group(Fixtures.CROWD, viewer).statusCode() == 200);
                Await.until(
                        "ready",
                        Duration.ofSeconds(5),
                        () -> service.health("ready").statusCode() == 200);
                assertThat(service.health("live").statusCode()).isEqualTo(200);
            }
        }
    }
}
