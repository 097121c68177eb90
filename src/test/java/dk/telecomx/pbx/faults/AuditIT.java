package dk.telecomx.pbx.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dk.telecomx.pbx.Await;
import dk.telecomx.pbx.faults.FaultProxy.Wire;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What the log tells of refusals, and what it never tells of anybody. */
class AuditIT {

    @Test
    void recordsEachRefusalWithIdsAloneAndNothingPersonalEver() throws Exception {
        Keys keys = Keys.named("audit");
        String viewer = keys.viewerOf(Cast.NORTHERN_CUSTOMER);
        String reseller = keys.reseller(Cast.NORTH);
        String personal = keys.token(Map.of("groups", List.of("PERSONAL"), "customer", Cast.NORTHERN_CUSTOMER));
        try (Database database = new Database();
                FaultProxy wire = new FaultProxy(database.address());
                PackagedService service = PackagedService.start(
                        "audit", PackagedService.settings(wire.port(), database.name(), keys.jwk()))) {
            Await.until(
                    "a good answer",
                    Duration.ofSeconds(60),
                    () -> service.expanded(Cast.NORTHERN_GROUP, viewer).statusCode() == 200);
            HttpResponse<String> foreign = service.group(Cast.SOUTHERN_GROUP, viewer);
            HttpResponse<String> sideways = service.expanded(Cast.SOUTHERN_GROUP, reseller);
            HttpResponse<String> level = service.group(Cast.NORTHERN_GROUP, personal);
            assertThat(List.of(foreign.statusCode(), sideways.statusCode(), level.statusCode()))
                    .containsOnly(403);
            assertThat(foreign.body()).isEqualTo(sideways.body()).isEqualTo(level.body());
            assertThat(headers(foreign)).isEqualTo(headers(sideways)).isEqualTo(headers(level));
            isRecorded(service, foreign, "foreign", "VIEWER", Cast.SOUTHERN_GROUP);
            isRecorded(service, sideways, "foreign", "RESELLER", Cast.SOUTHERN_GROUP);
            isRecorded(service, level, "level", "PERSONAL", Cast.NORTHERN_GROUP);

            assertThat(service.group(Cast.UNREADABLE_GROUP, viewer).statusCode())
                    .isEqualTo(500);
            assertThat(service.group(Cast.NORTHERN_GROUP, viewer + "x").statusCode())
                    .isEqualTo(401);
            wire.turn(Wire.CORRUPT);
            assertThat(service.group(Cast.NORTHERN_GROUP, reseller).statusCode())
                    .isEqualTo(500);
            wire.turn(Wire.REFUSING);
            assertThat(service.group(Cast.NORTHERN_GROUP, viewer).statusCode()).isEqualTo(500);

            assertThat(service.log()).doesNotContain(Cast.PERSONAL);
            for (String token : List.of(viewer, reseller, personal)) {
                assertThat(service.log()).doesNotContain(token.substring(token.lastIndexOf('.') + 1));
                assertThat(service.log())
                        .doesNotContain(token.substring(token.indexOf('.') + 1, token.lastIndexOf('.')));
            }
        }
    }

    private static void isRecorded(
            PackagedService service, HttpResponse<String> answer, String rule, String level, String group) {
        String requestId = answer.headers().firstValue("X-Request-Id").orElseThrow();
        assertThat(service.log()
                        .lines()
                        .filter(line -> line.contains("dk.telecomx.pbx.audit") && line.contains(requestId)))
                .singleElement()
                .asString()
                .contains("rule=" + rule, level, group, Cast.NORTHERN_CUSTOMER.substring(0, 2));
    }

    private static Map<String, List<String>> headers(HttpResponse<String> answer) {
        Map<String, List<String>> headers = new TreeMap<>(answer.headers().map());
        headers.keySet().removeIf(name -> name.equalsIgnoreCase("X-Request-Id") || name.equalsIgnoreCase("Date"));
        return headers;
    }
}
