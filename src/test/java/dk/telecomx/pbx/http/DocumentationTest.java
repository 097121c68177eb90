package dk.telecomx.pbx.http;

import static org.assertj.core.api.Assertions.assertThat;

import dk.telecomx.pbx.Requests;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What describes the API is read, and nothing else is done with it. */
@QuarkusTest
class DocumentationTest {

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "OPTIONS");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/q/openapi",
                "/q/openapi/",
                "/q/openapi.json",
                "/q/openapi.json/",
                "/q/swagger-ui",
                "/q/swagger-ui/"
            })
    void isReadByGetAndHeadAlone(String path) {
        assertThat(Requests.anonymous().get(path).statusCode()).isEqualTo(200);
        assertThat(Requests.anonymous().head(path).statusCode()).isEqualTo(200);
        for (String method : List.of("POST", "PUT", "DELETE", "BREW")) {
            Response refused = Requests.anonymous().request(method, path);
            assertThat(refused.asString())
                    .as(method)
                    .isEqualTo(Requests.error(405, "method_not_allowed", "Method not allowed"));
            assertThat(refused.statusCode()).isEqualTo(405);
            assertThat(methods(refused)).isEqualTo(METHODS);
        }
        Response options = Requests.anonymous().options(path);
        assertThat(options.statusCode()).isBetween(200, 299);
        assertThat(methods(options)).isEqualTo(METHODS);
    }

    @Test
    void comesInTheFormatThatIsAccepted() {
        for (String json : List.of("application/json", "application/json, */*")) {
            assertThat(Requests.anonymous()
                            .header("Accept", json)
                            .get("/q/openapi")
                            .asString())
                    .startsWith("{");
        }
        assertThat(Requests.anonymous()
                        .header("Accept", "*/*")
                        .get("/q/openapi")
                        .asString())
                .startsWith("---");
    }

    /** The page once asked for /q/openapi, which a gateway that adds a prefix does not know. */
    @Test
    void isFoundByItsPageBehindAPathPrefix() {
        String page = Requests.anonymous().get("/q/swagger-ui/").asString();
        Matcher url = Pattern.compile("\\burl: '([^']+)'").matcher(page);

        assertThat(url.find()).isTrue();
        assertThat(URI.create("https://gateway.test/telephony/q/swagger-ui/").resolve(url.group(1)))
                .isEqualTo(URI.create("https://gateway.test/telephony/q/openapi"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/openapi/x", "/q/openapi.exe", "/q/swagger-ui/x", "/q/swagger-uix", "/q"})
    void hasNoOtherPath(String path) {
        Response nowhere = Requests.anonymous().get(path);

        assertThat(nowhere.asString()).isEqualTo(Requests.error(404, "not_found", "Not found"));
        assertThat(nowhere.statusCode()).isEqualTo(404);
        assertThat(nowhere.header("X-Request-Id")).isNotNull();
    }

    private static Set<String> methods(Response response) {
        return Set.of(response.header("Allow").split("\\s*,\\s*"));
    }
}
