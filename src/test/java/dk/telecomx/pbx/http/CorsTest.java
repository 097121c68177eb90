package dk.telecomx.pbx.http;

import static org.assertj.core.api.Assertions.assertThat;

import dk.telecomx.pbx.Fixtures;
import dk.telecomx.pbx.Profiles;
import dk.telecomx.pbx.Requests;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(Profiles.Configured.class)
class CorsTest {

    private static final String GROUP = Requests.group(Fixtures.SUPPORT);
    private static final String ORIGIN = "https://desk.telecomx.example";

    @Test
    void letsAConfiguredOriginReadTheAnswerAndItsHeaders() {
        for (String origin : List.of(ORIGIN, "https://app.telecomx.example")) {
            Response response = Requests.asAdmin().header("Origin", origin).get(GROUP);

            assertThat(response.statusCode()).isEqualTo(200);
            isAllowed(response, origin);
            assertThat(list(response, "Vary")).contains("authorization");
        }
    }

    @Test
    void letsAConfiguredOriginReadARefusal() {
        for (Response response : List.of(
                Requests.anonymous().header("Origin", ORIGIN).get(GROUP),
                Requests.anonymous().header("Origin", ORIGIN).delete(GROUP),
                Requests.anonymous().header("Origin", ORIGIN).get("/elsewhere"),
                Requests.asAdmin().header("Origin", ORIGIN).head("/pbx/group/x"))) {
            assertThat(response.statusCode()).isBetween(400, 405);
            isAllowed(response, ORIGIN);
        }
    }

    @Test
    void answersAPreflightWithoutAToken() {
        Response response = preflight(ORIGIN, GROUP);

        assertThat(response.statusCode()).isBetween(200, 299);
        isAllowed(response, ORIGIN);
        assertThat(list(response, "Allow")).containsExactlyInAnyOrder("get", "head", "options");
        assertThat(list(response, "Access-Control-Allow-Methods")).containsExactlyInAnyOrder("get", "head");
        assertThat(list(response, "Access-Control-Allow-Headers"))
                .containsExactlyInAnyOrder("authorization", "if-none-match", "x-request-id");
        assertThat(response.header("Access-Control-Max-Age")).matches("[1-9][0-9]*");
    }

    /** A stranger's origin, or none that can be named, once got 403 whatever it asked. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "null",
                "https://desk.telecomx.example.evil.example",
                "https://desk.telecomx.example:444",
                "http://desk.telecomx.example",
                "https://DESK.telecomx.example/",
                "odd"
            })
    void answersAStrangerAsEverAndTellsItsBrowserNothing(String origin) {
        Response good = Requests.asAdmin().header("Origin", origin).get(GROUP);
        Response nowhere = Requests.anonymous().header("Origin", origin).get("/elsewhere");
        Response preflight = preflight(origin, GROUP);

        assertThat(good.statusCode()).isEqualTo(200);
        assertThat(nowhere.asString()).isEqualTo(Requests.error(404, "not_found", "Not found"));
        assertThat(nowhere.statusCode()).isEqualTo(404);
        assertThat(preflight.statusCode()).isBetween(200, 299);
        assertThat(list(preflight, "Allow")).containsExactlyInAnyOrder("get", "head", "options");
        for (Response response : List.of(good, nowhere, preflight)) {
            tellsNothing(response);
        }
    }

    @Test
    void knowsNoOtherPathInAPreflight() {
        for (String origin : List.of(ORIGIN, "https://evil.example")) {
            for (String path : List.of("/elsewhere", "/pbx/elsewhere", GROUP + "/members")) {
                assertThat(preflight(origin, path).statusCode()).as(path).isEqualTo(404);
            }
        }
    }

    @Test
    void answersWhoeverHasNoOrigin() {
        Response response = Requests.asAdmin().get(GROUP);

        assertThat(response.statusCode()).isEqualTo(200);
        tellsNothing(response);
        assertThat(list(response, "Vary")).containsExactlyInAnyOrder("authorization", "origin");
        tellsNothing(Requests.anonymous().options(GROUP));
    }

    private static Response preflight(String origin, String path) {
        return Requests.anonymous()
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "GET")
                .header("Access-Control-Request-Headers", "authorization,if-none-match,x-request-id")
                .options(path);
    }

    private static void isAllowed(Response response, String origin) {
        assertThat(response.headers().getValues("Access-Control-Allow-Origin")).containsExactly(origin);
        assertThat(list(response, "Access-Control-Expose-Headers"))
                .containsExactlyInAnyOrder("etag", "x-request-id", "www-authenticate");
        assertThat(response.header("Access-Control-Allow-Credentials")).isNull();
        assertThat(list(response, "Vary")).contains("origin");
    }

    private static void tellsNothing(Response response) {
        assertThat(response.headers().asList())
                .noneMatch(header -> header.getName().toLowerCase(Locale.ROOT).startsWith("access-control"));
        assertThat(list(response, "Vary")).contains("origin");
    }

    private static List<String> list(Response response, String header) {
        return response.headers().getValues(header).stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(value -> value.strip().toLowerCase(Locale.ROOT))
                .toList();
    }
}
