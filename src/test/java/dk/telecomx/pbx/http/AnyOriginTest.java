package dk.telecomx.pbx.http;

import static org.assertj.core.api.Assertions.assertThat;

import dk.telecomx.pbx.Profiles;
import dk.telecomx.pbx.Requests;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Without a database: what a browser may read does not depend on it. */
@QuarkusTest
@TestProfile(Profiles.BehindAWire.class)
class AnyOriginTest {

    @Test
    void mayReadAnswers() {
        for (String origin : List.of("https://anybody.example", "null")) {
            Response described = Requests.anonymous().header("Origin", origin).get("/q/openapi");
            Response refused = Requests.asAdmin().header("Origin", origin).get("/pbx/group/x");
            assertThat(described.statusCode()).isEqualTo(200);
            assertThat(refused.statusCode()).isEqualTo(400);
            for (Response response : List.of(described, refused)) {
                assertThat(response.header("Access-Control-Allow-Origin")).isEqualTo("*");
                assertThat(response.header("Access-Control-Allow-Credentials")).isNull();
            }
        }
    }
}
