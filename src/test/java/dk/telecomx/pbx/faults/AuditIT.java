package dk.telecomx.pbx.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dk.telecomx.pbx.Await;
import dk.telecomx.pbx.FixtureDatabase;
import dk.telecomx.pbx.Fixtures;
import dk.telecomx.pbx.Keys;
import dk.telecomx.pbx.faults.FaultProxy.Wire;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the audit records tell, in a file of their own by the settings of docs/security.md, and what no log tells of anybody. */
class AuditIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KEY = "0123456789abcdef0123456789abcdef";

    /** As {@code printf somebody | openssl dgst -sha256 -hmac KEY} prints the first half of it. */
    private static final String SUBJECT = "3eb4372cd6e1d29578c4c01555b5189e";

    private static final Path FILE = Path.of("target/faults/audit-records.log").toAbsolutePath();

    @Test
    void recordsEachRefusalWithIdsAloneAndNothingPersonalEver() throws Exception {
        Keys keys = Keys.rsa("audit");
        Files.deleteIfExists(FILE);
        String viewer = keys.viewerOf(Fixtures.ACME);
        String reseller = keys.reseller(Fixtures.NORDIC);
        String personal = keys.token(Map.of("groups", List.of("PERSONAL"), "customer", Fixtures.ACME.toHexString()));
        try (FixtureDatabase database = new FixtureDatabase();
                FaultProxy wire = new FaultProxy(database.address());
                PackagedService service =
                        PackagedService.start("audit", settings(wire.port(), database.name(), keys))) {
            Await.until(
                    "a good answer",
                    Duration.ofSeconds(60),
                    () -> service.expanded(Fixtures.CROWD, viewer).statusCode() == 200);
            HttpResponse<String> foreign = service.group(Fixtures.CROWD_OF_GDANSK, viewer);
            HttpResponse<String> sideways = service.expanded(Fixtures.CROWD_OF_GDANSK, reseller);
            HttpResponse<String> level = service.send(service.request("/pbx/group/" + Fixtures.CROWD, personal)
                    .header("X-Request-Id", "the.callers-own"));
            assertThat(List.of(foreign.statusCode(), sideways.statusCode(), level.statusCode()))
                    .containsOnly(403);
            assertThat(foreign.body()).isEqualTo(sideways.body()).isEqualTo(level.body());
            assertThat(headers(foreign)).isEqualTo(headers(sideways)).isEqualTo(headers(level));
            assertThat(recordsOf(foreign))
                    .containsExactly(
                            record("foreign", "VIEWER", Fixtures.ACME, Fixtures.CROWD_OF_GDANSK, Fixtures.GDANSK));
            assertThat(recordsOf(sideways))
                    .containsExactly(
                            record("foreign", "RESELLER", Fixtures.NORDIC, Fixtures.CROWD_OF_GDANSK, Fixtures.GDANSK));
            assertThat(level.headers().allValues("X-Request-Id")).containsExactly("the.callers-own");
            assertThat(recordsOf(level))
                    .containsExactly(record("level", "PERSONAL", Fixtures.ACME, Fixtures.CROWD, null));

            assertThat(service.group(Fixtures.UNREADABLE, keys.admin()).statusCode())
                    .isEqualTo(500);
            assertThat(service.group(Fixtures.CROWD, viewer + "x").statusCode()).isEqualTo(401);
            wire.turn(Wire.CORRUPT);
            assertThat(service.group(Fixtures.CROWD, reseller).statusCode()).isEqualTo(500);
            wire.turn(Wire.REFUSING);
            assertThat(service.group(Fixtures.CROWD, viewer).statusCode()).isEqualTo(500);

            assertThat(records(service.log(), level)).isEmpty();
            String logs = service.log() + Files.readString(FILE);
            assertThat(logs).doesNotContain(Fixtures.PERSONAL).doesNotContain(KEY);
            for (String token : List.of(viewer, reseller, personal)) {
                assertThat(logs).doesNotContain(token.substring(token.lastIndexOf('.') + 1));
                assertThat(logs).doesNotContain(token.substring(token.indexOf('.') + 1, token.lastIndexOf('.')));
            }
        }
    }

    private static Map<String, String> settings(int databasePort, String database, Keys keys) {
        Map<String, String> settings = PackagedService.settings(databasePort, database, keys.jwk());
        settings.put("PBX_AUDIT_KEY", KEY);
        settings.put("QUARKUS_LOG_HANDLER_FILE__AUDIT__ENABLED", "true");
        settings.put("QUARKUS_LOG_HANDLER_FILE__AUDIT__PATH", FILE.toString());
        settings.put("QUARKUS_LOG_CATEGORY__DK_TELECOMX_PBX_AUDIT__HANDLERS", "audit");
        settings.put("QUARKUS_LOG_CATEGORY__DK_TELECOMX_PBX_AUDIT__USE_PARENT_HANDLERS", "false");
        return settings;
    }

    private static Map<String, String> record(
            String rule, String levels, ObjectId customer, ObjectId group, @Nullable ObjectId owner) {
        Map<String, String> record = new HashMap<>(Map.of("rule", rule, "levels", levels, "subject", SUBJECT));
        record.put("customer", customer.toHexString());
        record.put("reseller", customer.toHexString());
        record.put("group", group.toHexString());
        if (owner != null) {
            record.put("owner", owner.toHexString());
        }
        return record;
    }

    /** The fields of the audit records of that request, but for its id. They are written by a thread of its own, perhaps after the answer. */
    private static List<Map<String, String>> recordsOf(HttpResponse<String> answer) throws IOException {
        Await.until("an audit record", Duration.ofSeconds(30), () -> !records(Files.readString(FILE), answer)
                .isEmpty());
        return records(Files.readString(FILE), answer);
    }

    private static List<Map<String, String>> records(String log, HttpResponse<String> answer) throws IOException {
        String requestId = answer.headers().firstValue("X-Request-Id").orElseThrow();
        List<Map<String, String>> records = new ArrayList<>();
        for (String line : log.lines().filter(line -> line.endsWith("}")).toList()) {
            JsonNode entry = JSON.readTree(line);
            if (entry.path("loggerName").asText().equals("dk.telecomx.pbx.audit")
                    && entry.path("mdc").path("requestId").asText().equals(requestId)) {
                Map<String, String> fields = new HashMap<>();
                entry.path("mdc")
                        .properties()
                        .forEach(field ->
                                fields.put(field.getKey(), field.getValue().asText()));
                fields.remove("requestId");
                records.add(fields);
            }
        }
        return records;
    }

    private static Map<String, List<String>> headers(HttpResponse<String> answer) {
        Map<String, List<String>> headers = new TreeMap<>(answer.headers().map());
        headers.keySet().removeIf(name -> name.equalsIgnoreCase("X-Request-Id") || name.equalsIgnoreCase("Date"));
        return headers;
    }
}
