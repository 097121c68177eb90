package dk.telecomx.pbx.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dk.telecomx.pbx.Await;
import dk.telecomx.pbx.faults.FaultProxy.Wire;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The packaged service warms its driver up, and leaves it cold where the database is away. */
class WarmUpIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void asksAsOftenAsItIsTold() throws Exception {
        assertThatItSays("asked 7 times", Wire.OPEN);
    }

    @Test
    void endsWhereTheDatabaseIsAway() throws Exception {
        assertThatItSays("not warm", Wire.REFUSING);
    }

    private static void assertThatItSays(String outcome, Wire state) throws Exception {
        Keys keys = Keys.named("warm-up");
        try (Database database = new Database();
                FaultProxy wire = new FaultProxy(database.address())) {
            wire.turn(state);
            Map<String, String> settings = PackagedService.settings(wire.port(), database.name(), keys.jwk());
            settings.put("PBX_WARM_UP_ROUNDS", "7");
            settings.put("QUARKUS_LOG_CATEGORY__DK_TELECOMX_PBX_LOOKUP__LEVEL", "DEBUG");
            try (PackagedService service = PackagedService.start("warm-up-" + state, settings)) {
                Await.until(outcome, PATIENCE, () -> service.log().contains(outcome));

                assertThat(service.health("live").statusCode()).isEqualTo(200);
            }
        }
    }
}
