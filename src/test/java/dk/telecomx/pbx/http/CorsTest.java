package dk.telecomx.pbx.http;

import static org.assertj.core.api.Assertions.assertThat;

import dk.telecomx.pbx.Cast;
import dk.telecomx.pbx.Profiles;
import dk.telecomx.pbx.Requests;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(Profiles.Origins.class)
class CorsTest {

    private static final String GROUP = Requests.group(Cast.SUPPORT);
    private static final String ORIGIN = "https://desk.telecomx.example";
    private static final String STRANGER = "https://evil.example";

    @Test
    void letsAConfiguredOriginReadTheAnswerAndItsHeaders() {
        Response response = Requests.asAdmin().header("Origin", ORIGIN).get(GROUP);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.header("Access-Control-Allow-Origin")).isEqualTo(ORIGIN);
        assertThat(list(response, "Access-Control-Expose-Headers"))
                .containsExactlyInAnyOrder("etag", "x-request-id", "www-authenticate");
        assertThat(list(response, "Vary")).contains("authorization", "origin");
    }

    @Test
    void letsAConfiguredOriginReadARefusal() {
        Response response = Requests.anonymous().header("Origin", ORIGIN).get(GROUP);

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.header("Access-Control-Allow-Origin")).isEqualTo(ORIGIN);
        assertThat(list(response, "Access-Control-Expose-Headers")).contains("www-authenticate");
    }

    @Test
    void answersAPreflightWithoutAToken() {
        Response response = Requests.anonymous()
                .header("Origin", ORIGIN)
                .header("Access-Control-Request-Method", "GET")
                .header("Access-Control-Request-Headers", "authorization,if-none-match,x-request-id")
                .options(GROUP);

        assertThat(response.statusCode()).isBetween(200, 299);
        assertThat(response.header("Access-Control-Allow-Origin")).isEqualTo(ORIGIN);
        assertThat(list(response, "Access-Control-Allow-Methods")).contains("get");
        assertThat(list(response, "Access-Control-Allow-Headers"))
                .contains("authorization", "if-none-match", "x-request-id");
    }

    @Test
    void tellsAStrangersBrowserNothing() {
        for (Response response : List.of(
                Requests.asAdmin().header("Origin", STRANGER).get(GROUP),
                Requests.anonymous()
                        .header("Origin", STRANGER)
                        .header("Access-Control-Request-Method", "GET")
                        .options(GROUP))) {
            assertThat(response.header("Access-Control-Allow-Origin")).isNull();
            if (response.statusCode() >= 400) {
                assertThat(response.asString())
                        .isEqualTo(Requests.error(403, "access_denied", "Insufficient access level"));
            }
        }
    }

    @Test
    void answersWhoeverHasNoOrigin() {
        Response response = Requests.asAdmin().get(GROUP);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.header("Access-Control-Allow-Origin")).isNull();
        assertThat(list(response, "Vary")).contains("authorization", "origin");
    }

    private static List<String> list(Response response, String header) {
        return response.headers().getValues(header).stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(value -> value.strip().toLowerCase(java.util.Locale.ROOT))
                .toList();
    }
}
