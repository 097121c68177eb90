package dk.telecomx.pbx.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dk.telecomx.pbx.Await;
import dk.telecomx.pbx.FixtureDatabase;
import dk.telecomx.pbx.Fixtures;
import dk.telecomx.pbx.Keys;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the framework's access log shows where it is on. */
class AccessLogIT {

    private static final Pattern LINE = Pattern.compile("([A-Z]+) (/pbx/group\\S*) HTTP/1\\.1\\\\\" (\\d{3})");

    /** HEAD once was logged as GET; 405, OPTIONS and the 404 below a group were missing. */
    @Test
    void showsEachRequestOnceWithItsMethodAndStatus() throws Exception {
        Keys keys = Keys.rsa("access-log");
        String viewer = keys.viewerOf(Fixtures.ACME);
        String path = "/pbx/group/" + Fixtures.CROWD;
        try (FixtureDatabase database = new FixtureDatabase();
                PackagedService service = PackagedService.start("access-log", settings(database, keys))) {
            Await.until(
                    "a good answer",
                    Duration.ofSeconds(60),
                    () -> service.get(path + "?warm", viewer).statusCode() == 200);
            service.get(path, viewer);
            service.send(service.request(path, viewer).method("HEAD", BodyPublishers.noBody()));
            service.send(service.request(path, viewer).method("POST", BodyPublishers.noBody()));
            service.send(service.request(path, viewer).method("OPTIONS", BodyPublishers.noBody()));
            service.get(path + "/below", viewer);
            String critical = keys.critical(Map.of("groups", List.of("VIEWER"), "customer", Fixtures.ACME), List.of());
            assertThat(service.get(path + "/", critical).body()).contains("invalid_token");

            Await.until("the last is logged", Duration.ofSeconds(10), () -> service.log()
                    .contains("GET " + path + "/ HTTP"));
            assertThat(LINE.matcher(service.log()).results())
                    .extracting(line -> line.group(1) + " " + line.group(2).replace(path, "") + " " + line.group(3))
                    .filteredOn(line -> !line.contains("?warm"))
                    .containsExactly(
                            "GET  200", "HEAD  200", "POST  405", "OPTIONS  204", "GET /below 404", "GET / 401");
        }
    }

    private static Map<String, String> settings(FixtureDatabase database, Keys keys) {
        Map<String, String> settings =
                PackagedService.settings(database.address().getPort(), database.name(), keys.jwk());
        settings.put("QUARKUS_HTTP_ACCESS_LOG_ENABLED", "true");
        return settings;
    }
}
