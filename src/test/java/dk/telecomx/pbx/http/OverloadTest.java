package dk.telecomx.pbx.http;

import static org.assertj.core.api.Assertions.assertThat;

import dk.telecomx.pbx.Commands;
import dk.telecomx.pbx.Fixtures;
import dk.telecomx.pbx.Profiles;
import dk.telecomx.pbx.Requests;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(Profiles.NoRoom.class)
class OverloadTest {

    @Test
    void isToldBeforeAnythingIsRead() {
        assertThat(Commands.during(() -> {
                    told(Requests.asAdmin().get(Requests.group(Fixtures.SUPPORT)));
                    told(Requests.anonymous().get(Requests.group(Fixtures.SUPPORT)));
                }))
                .isEmpty();
    }

    @Test
    void stillKnowsPathsAndMethods() {
        assertThat(Requests.anonymous().get("/elsewhere").statusCode()).isEqualTo(404);
        assertThat(Requests.anonymous().delete(Requests.group(Fixtures.SUPPORT)).statusCode())
                .isEqualTo(405);
    }

    private static void told(Response response) {
        assertThat(response.asString()).isEqualTo(Requests.error(503, "overloaded", "Too many requests at the moment"));
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.header("Retry-After")).matches("[1-9][0-9]*");
        assertThat(response.header("Content-Type")).isEqualTo("application/json");
        assertThat(response.header("Cache-Control")).isEqualTo("no-store");
        assertThat(response.headers().getValues("X-Request-Id")).hasSize(1);
    }
}
