package dk.telecomx.pbx.http;

import static org.assertj.core.api.Assertions.assertThat;

import dk.telecomx.pbx.AtOnce;
import dk.telecomx.pbx.Await;
import dk.telecomx.pbx.Commands;
import dk.telecomx.pbx.Fixtures;
import dk.telecomx.pbx.Profiles;
import dk.telecomx.pbx.Requests;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(Profiles.Configured.class)
class OverloadTest {

    /** Whoever asks: without a token, too. */
    @Test
    void isToldBeforeATokenIsLookedAtOrAnythingIsRead() {
        Await.until("both are refused", Duration.ofSeconds(30), () -> {
            List<Response> answers = new ArrayList<>();
            List<BsonDocument> queries = Commands.during(() -> answers.addAll(atOnce()));
            List<Response> refused = answers.stream()
                    .filter(answer -> answer.statusCode() == 503)
                    .toList();
            refused.forEach(OverloadTest::told);
            assertThat(queries).hasSizeLessThanOrEqualTo(count(answers, 200));
            return count(answers, 401) < 8 && count(answers, 200) < 8;
        });
    }

    /** Every other of them without a token. */
    private static List<Response> atOnce() {
        return AtOnce.answers(IntStream.range(0, 16)
                .<Callable<Response>>mapToObj(i -> () ->
                        (i % 2 == 0 ? Requests.asAdmin() : Requests.anonymous()).get(Requests.group(Fixtures.SUPPORT)))
                .toList());
    }

    private static int count(List<Response> answers, int status) {
        return (int)
                answers.stream().filter(answer -> answer.statusCode() == status).count();
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
