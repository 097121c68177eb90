package dk.telecomx.pbx.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dk.telecomx.pbx.Await;
import dk.telecomx.pbx.faults.FaultProxy.Wire;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What the log tells of refusals, and what it never tells of anybody. */
class AuditIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void recordsEachRefusalWithIdsAloneAndNothingPersonalEver() throws Exception {
        Keys keys = Keys.named("audit");
        String viewer = keys.viewerOf(Fixtures.NORTHERN_CUSTOMER);
        String reseller = keys.reseller(Fixtures.NORTH);
        String personal = keys.token(Map.of("groups", List.of("PERSONAL"), "customer", Fixtures.NORTHERN_CUSTOMER));
        try (Database database = new Database();
                FaultProxy wire = new FaultProxy(database.address());
                PackagedService service = PackagedService.start(
                        "audit", PackagedService.settings(wire.port(), database.name(), keys.jwk()))) {
            Await.until(
                    "a good answer",
                    Duration.ofSeconds(60),
                    () -> service.expanded(Fixtures.NORTHERN_GROUP, viewer).statusCode() == 200);
            HttpResponse<String> foreign = service.group(Fixtures.SOUTHERN_GROUP, viewer);
            HttpResponse<String> sideways = service.expanded(Fixtures.SOUTHERN_GROUP, reseller);
            HttpResponse<String> level = service.group(Fixtures.NORTHERN_GROUP, personal);
            assertThat(List.of(foreign.statusCode(), sideways.statusCode(), level.statusCode()))
                    .containsOnly(403);
            assertThat(foreign.body()).isEqualTo(sideways.body()).isEqualTo(level.body());
            assertThat(headers(foreign)).isEqualTo(headers(sideways)).isEqualTo(headers(level));
            isRecorded(
                    service,
                    foreign,
                    "rule=foreign levels=[VIEWER] customer=" + Fixtures.NORTHERN_CUSTOMER + " reseller="
                            + Fixtures.NORTHERN_CUSTOMER + " group=" + Fixtures.SOUTHERN_GROUP + " owner="
                            + Fixtures.SOUTHERN_CUSTOMER);
            isRecorded(
                    service,
                    sideways,
                    "rule=foreign levels=[RESELLER] customer=" + Fixtures.NORTH + " reseller=" + Fixtures.NORTH
                            + " group=" + Fixtures.SOUTHERN_GROUP + " owner=" + Fixtures.SOUTHERN_CUSTOMER);
            isRecorded(
                    service,
                    level,
                    "rule=level levels=[PERSONAL] customer=" + Fixtures.NORTHERN_CUSTOMER + " reseller="
                            + Fixtures.NORTHERN_CUSTOMER + " group=" + Fixtures.NORTHERN_GROUP + " owner=null");

            assertThat(service.group(Fixtures.UNREADABLE_GROUP, viewer).statusCode())
                    .isEqualTo(500);
            assertThat(service.group(Fixtures.NORTHERN_GROUP, viewer + "x").statusCode())
                    .isEqualTo(401);
            wire.turn(Wire.CORRUPT);
            assertThat(service.group(Fixtures.NORTHERN_GROUP, reseller).statusCode())
                    .isEqualTo(500);
            wire.turn(Wire.REFUSING);
            assertThat(service.group(Fixtures.NORTHERN_GROUP, viewer).statusCode())
                    .isEqualTo(500);

            assertThat(service.log()).doesNotContain(Fixtures.PERSONAL);
            for (String token : List.of(viewer, reseller, personal)) {
                assertThat(service.log()).doesNotContain(token.substring(token.lastIndexOf('.') + 1));
                assertThat(service.log())
                        .doesNotContain(token.substring(token.indexOf('.') + 1, token.lastIndexOf('.')));
            }
        }
    }

    private static void isRecorded(PackagedService service, HttpResponse<String> answer, String record)
            throws IOException {
        String requestId = answer.headers().firstValue("X-Request-Id").orElseThrow();
        List<JsonNode> records = new ArrayList<>();
        for (String line : service.log().lines().toList()) {
            JsonNode entry = JSON.readTree(line);
            if (entry.path("loggerName").asText().equals("dk.telecomx.pbx.audit")
                    && entry.path("mdc").path("requestId").asText().equals(requestId)) {
                records.add(entry);
            }
        }
        assertThat(records)
                .singleElement()
                .satisfies(entry -> assertThat(entry.path("message").asText()).isEqualTo("refused: " + record));
    }

    private static Map<String, List<String>> headers(HttpResponse<String> answer) {
        Map<String, List<String>> headers = new TreeMap<>(answer.headers().map());
        headers.keySet().removeIf(name -> name.equalsIgnoreCase("X-Request-Id") || name.equalsIgnoreCase("Date"));
        return headers;
    }
}
