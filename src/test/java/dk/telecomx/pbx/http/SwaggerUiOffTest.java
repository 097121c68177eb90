package dk.telecomx.pbx.http;

import static org.assertj.core.api.Assertions.assertThat;

import dk.telecomx.pbx.Profiles;
import dk.telecomx.pbx.Requests;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(Profiles.Configured.class)
class SwaggerUiOffTest {

    @ParameterizedTest
    @ValueSource(strings = {"/q/swagger-ui", "/q/swagger-ui/", "/q/swagger-ui/index.html"})
    void isAnUnknownPath(String path) {
        for (String method : new String[] {"GET", "POST", "OPTIONS"}) {
            Response nowhere = Requests.anonymous().request(method, path);
            assertThat(nowhere.asString()).isEqualTo(Requests.error(404, "not_found", "Not found"));
            assertThat(nowhere.statusCode()).isEqualTo(404);
            assertThat(nowhere.header("Content-Type")).isEqualTo("application/json");
            assertThat(nowhere.header("Cache-Control")).isEqualTo("no-store");
            assertThat(nowhere.headers().getValues("X-Request-Id")).hasSize(1);
        }
    }

    @Test
    void leavesTheDescription() {
        assertThat(Requests.anonymous().get("/q/openapi").statusCode()).isEqualTo(200);
    }
}
