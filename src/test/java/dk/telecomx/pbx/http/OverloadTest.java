package dk.telecomx.pbx.http;

import static org.assertj.core.api.Assertions.assertThat;

import dk.telecomx.pbx.AtOnce;
import dk.telecomx.pbx.Await;
import dk.telecomx.pbx.Fixtures;
import dk.telecomx.pbx.Profiles;
import dk.telecomx.pbx.Requests;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(Profiles.RoomForOne.class)
class OverloadTest {

    /** Whoever asks: without a token, too. */
    @Test
    void isToldBeforeATokenIsLookedAt() {
        Await.until("both are refused", Duration.ofSeconds(30), () -> {
            List<Response> answers = AtOnce.answers(IntStream.range(0, 16)
                    .<Callable<Response>>mapToObj(i -> () -> (i % 2 == 0 ? Requests.asAdmin() : Requests.anonymous())
                            .get(Requests.group(Fixtures.SUPPORT)))
                    .toList());
            List<Response> refused = answers.stream()
                    .filter(answer -> answer.statusCode() == 503)
                    .toList();
            refused.forEach(OverloadTest::told);
            return answers.stream().filter(answer -> answer.statusCode() == 401).count() < 8
                    && answers.stream()
                                    .filter(answer -> answer.statusCode() == 200)
                                    .count()
                            < 8;
        });
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
