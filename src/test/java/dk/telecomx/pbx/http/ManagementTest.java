package dk.telecomx.pbx.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dk.telecomx.pbx.Await;
import dk.telecomx.pbx.Requests;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The operators' port speaks of errors as the API does. */
@QuarkusTest
class ManagementTest {

    @TestHTTPResource(value = "/", management = true)
    private URI management = URI.create("/");

    @ParameterizedTest
    @ValueSource(strings = {"/", "/elsewhere", "/q", "/q/elsewhere", "/pbx/group/x", "/q/health/odd/one", "/q/dev"})
    void knowsNoOtherPath(String path) {
        Response nowhere = RestAssured.given().urlEncodingEnabled(false).get(management.resolve(path));

        assertThat(nowhere.asString()).isEqualTo(Requests.error(404, "not_found", "Not found"));
        assertThat(nowhere.statusCode()).isEqualTo(404);
        assertThat(nowhere.header("Content-Type")).isEqualTo("application/json");
        assertThat(nowhere.header("Cache-Control")).isEqualTo("no-store");
        assertThat(nowhere.headers().getValues("X-Request-Id")).hasSize(1);
    }

    @Test
    void answersAMissingHostInTheContractsShape() throws IOException {
        try (Socket socket = new Socket(management.getHost(), management.getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write("GET /q/health/live HTTP/1.1\r\nConnection: close\r\n\r\n".getBytes(ISO_8859_1));
            String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
            assertThat(answer)
                    .startsWith("HTTP/1.1 400 ")
                    .endsWith(Requests.error(400, "bad_request", "Malformed request"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/health/live", "/q/health/ready", "/q/health/started", "/q/metrics", "/q/info"})
    void answersOperators(String path) {
        // On a slow machine a database may take longer than a probe.
        Await.until(
                "it answers",
                Duration.ofSeconds(30),
                () -> RestAssured.get(management.resolve(path)).statusCode() == 200);
    }
}
