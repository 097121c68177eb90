package dk.telecomx.pbx.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dk.telecomx.pbx.Await;
import dk.telecomx.pbx.FixtureDatabase;
import dk.telecomx.pbx.Fixtures;
import dk.telecomx.pbx.Keys;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * The service holds to the OpenAPI document that it publishes, whatever Schemathesis thinks of. Started by {@code src/test/attacks/run}, which
 * installs it and says in {@code SCHEMATHESIS} where it is.
 */
@EnabledIfEnvironmentVariable(named = "SCHEMATHESIS", matches = ".+")
class OpenApiFuzzingIT {

    @Test
    void answersAsItsOwnDocumentSays() throws Exception {
        Keys keys = Keys.rsa("fuzzing");
        String admin = keys.admin();
        Map<String, String> tokens = Map.of("ADMIN", admin, "VIEWER", keys.viewerOf(Fixtures.ACME));
        try (FixtureDatabase database = new FixtureDatabase();
                PackagedService service = PackagedService.start(
                        "fuzzing",
                        PackagedService.settings(database.address().getPort(), database.name(), keys.jwk()))) {
            Await.until(
                    "a good answer",
                    Duration.ofSeconds(60),
                    () -> service.group(Fixtures.CROWD, admin).statusCode() == 200);
            for (Map.Entry<String, String> token : tokens.entrySet()) {
                Process schemathesis = new ProcessBuilder(
                                System.getenv("SCHEMATHESIS"),
                                "run",
                                "http://127.0.0.1:" + service.port() + "/q/openapi",
                                "--header",
                                "Authorization:Bearer " + token.getValue(),
                                "--checks",
                                "not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,"
                                        + "response_schema_conformance,negative_data_rejection,unsupported_method",
                                "--max-examples",
                                "200",
                                "--seed",
                                "20260101",
                                "--no-color")
                        // It leaves a folder of its own where it runs.
                        .directory(new File("target"))
                        .redirectErrorStream(true)
                        .start();
                String report = new String(schemathesis.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                System.out.println(report.replace(token.getValue(), "TOKEN"));
                assertThat(schemathesis.waitFor())
                        .as("findings of Schemathesis as " + token.getKey())
                        .isZero();
            }
        }
    }
}
