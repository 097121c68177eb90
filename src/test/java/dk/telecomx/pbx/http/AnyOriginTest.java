package dk.telecomx.pbx.http;

import static org.assertj.core.api.Assertions.assertThat;

import dk.telecomx.pbx.Fixtures;
import dk.telecomx.pbx.Profiles;
import dk.telecomx.pbx.Requests;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(Profiles.AnyOrigin.class)
class AnyOriginTest {

    @Test
    void mayReadAnswers() {
        for (String origin : List.of("https://anybody.example", "null")) {
            Response response = Requests.asAdmin().header("Origin", origin).get(Requests.group(Fixtures.SUPPORT));
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.header("Access-Control-Allow-Origin")).isEqualTo("*");
            assertThat(response.header("Access-Control-Allow-Credentials")).isNull();
        }
    }
}
