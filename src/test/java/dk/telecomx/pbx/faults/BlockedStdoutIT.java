package dk.telecomx.pbx.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dk.telecomx.pbx.Await;
import dk.telecomx.pbx.FixtureDatabase;
import dk.telecomx.pbx.Fixtures;
import dk.telecomx.pbx.Keys;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Nobody reads the service's standard output: the pipe fills up, and a write to it blocks. */
@Tag("faults")
class BlockedStdoutIT {

    /** A pipe holds 64 KiB, some 110 records, and the queue 100 more: the rest is dropped. */
    private static final int REFUSALS = 600;

    /** With a log that was written by the event loops, the API, liveness and metrics once hung after some 110 refusals. */
    @Test
    void servesOnWhileNobodyReadsItsOutput() throws Exception {
        Keys keys = Keys.rsa("blocked-stdout");
        String viewer = keys.viewerOf(Fixtures.ACME);
        try (FixtureDatabase database = new FixtureDatabase();
                PackagedService service = PackagedService.startUnread(
                        PackagedService.settings(database.address().getPort(), database.name(), keys.jwk()))) {
            Await.until(
                    "a good answer",
                    Duration.ofSeconds(60),
                    () -> service.group(Fixtures.CROWD, viewer).statusCode() == 200);

            for (int refusal = 0; refusal < REFUSALS; refusal++) {
                assertThat(service.group(Fixtures.CROWD_OF_GDANSK, viewer).statusCode())
                        .isEqualTo(403);
            }

            assertThat(service.group(Fixtures.CROWD, viewer).statusCode()).isEqualTo(200);
            assertThat(service.health("live").statusCode()).isEqualTo(200);
            assertThat(service.metric("pbx_access_decisions_total", "rule=\"foreign\""))
                    .isEqualTo(REFUSALS);
            double unwritten = service.metric("log_total", "level=\"INFO\"") - service.metric("pbx_log_written_total");
            assertThat(unwritten).as("records beyond the pipe").isGreaterThan(REFUSALS / 2.0);
            // Its end would wait for a reader of its last lines.
            service.kill();
        }
    }

    @Test
    void writesTheLastRefusalBeforeItEnds() throws Exception {
        Keys keys = Keys.rsa("last-lines");
        String viewer = keys.viewerOf(Fixtures.ACME);
        Path log = Path.of("target/faults/last-lines.log");
        String last;
        try (FixtureDatabase database = new FixtureDatabase();
                PackagedService service = PackagedService.start(
                        "last-lines", settings(database, keys, Map.of("QUARKUS_SHUTDOWN_DELAY", "5S")))) {
            Await.until(
                    "a refusal",
                    Duration.ofSeconds(60),
                    () -> service.group(Fixtures.CROWD_OF_GDANSK, viewer).statusCode() == 403);
            for (int refusal = 0; refusal < REFUSALS; refusal++) {
                service.group(Fixtures.CROWD_OF_GDANSK, viewer);
            }
            last = service.group(Fixtures.CROWD_OF_GDANSK, viewer)
                    .headers()
                    .firstValue("X-Request-Id")
                    .orElseThrow();
        }

        assertThat(Files.readString(log, StandardCharsets.UTF_8)).contains(last);
    }

    private static Map<String, String> settings(FixtureDatabase database, Keys keys, Map<String, String> added) {
        Map<String, String> settings =
                PackagedService.settings(database.address().getPort(), database.name(), keys.jwk());
        settings.putAll(added);
        return settings;
    }
}
