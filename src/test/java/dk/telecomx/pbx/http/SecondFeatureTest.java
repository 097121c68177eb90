package dk.telecomx.pbx.http;

import static org.assertj.core.api.Assertions.assertThat;

import dk.telecomx.pbx.AtOnce;
import dk.telecomx.pbx.Await;
import dk.telecomx.pbx.Logs;
import dk.telecomx.pbx.Profiles;
import dk.telecomx.pbx.Requests;
import dk.telecomx.pbx.Token;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.security.Authenticated;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jboss.resteasy.reactive.RestPath;
import org.junit.jupiter.api.Test;

/** A second resource, written without knowing this package, has what the contract asks of every answer. */
@QuarkusTest
@TestProfile(Profiles.Configured.class)
class SecondFeatureTest {

    private static final Queue<UniEmitter<? super View>> PENDING = new ConcurrentLinkedQueue<>();
    private static final String PATH = "/pbx/second/7";

    /** What the second resource returns. */
    public record View(String id, int size) {}

    /** All that its author writes. */
    @Path("/pbx/second")
    @Authenticated
    public static class SecondResource {
        @Inject
        ConcurrencyLimiter limiter;

        @GET
        @Path("{id}")
        public Uni<View> second(@RestPath String id) {
            return id.equals("pending")
                    ? Uni.createFrom().<View>emitter(PENDING::add)
                    : Uni.createFrom().item(new View(id, 42));
        }

        @GET
        @Path("hung")
        public Uni<View> hung() {
            return limiter.withinTimeLimit(Uni.createFrom().nothing());
        }

        @Produces
        @Singleton
        static ApiRoute route() {
            return new ApiRoute("/pbx/second");
        }
    }

    /** One whose author forgot everything else. */
    @Path("/pbx/forgotten")
    public static class ForgottenResource {
        @GET
        public String secret() {
            return "secret";
        }
    }

    @Inject
    MeterRegistry metrics;

    private static RequestSpecification anonymous() {
        return RestAssured.given().urlEncodingEnabled(false);
    }

    private static RequestSpecification viewer() {
        return anonymous()
                .header("Authorization", "Bearer " + Token.of("VIEWER").signed());
    }

    @Test
    void isAnsweredAsJsonWithATag() {
        Response got = viewer().get(PATH);

        assertThat(got.statusCode()).isEqualTo(200);
        assertThat(got.asString()).isEqualTo("{\"id\":\"7\",\"size\":42}");
        assertThat(got.header("Content-Type")).isEqualTo("application/json");
        assertThat(got.header("ETag")).matches("\"[A-Za-z0-9_-]{22}\"");
        assertThat(got.header("Cache-Control")).isEqualTo("private, no-cache");
        assertThat(got.headers().getValues("Vary")).contains("Authorization");
        assertThat(got.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(got.header("X-Request-Id")).isNotBlank();
    }

    @Test
    void isNotSentTwice() {
        String tag = viewer().get(PATH).header("ETag");

        Response again = viewer().header("If-None-Match", tag).get(PATH);

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.asString()).isEmpty();
        assertThat(again.header("ETag")).isEqualTo(tag);
    }

    @Test
    void answersHeadAsGetWithoutTheBody() {
        Response get = viewer().get(PATH);
        Response head = viewer().head(PATH);

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.asString()).isEmpty();
        for (String name : List.of("ETag", "Content-Type", "Content-Length", "Cache-Control")) {
            assertThat(head.header(name)).as(name).isEqualTo(get.header(name));
        }
    }

    @Test
    void refusesAnybodyWithoutAGoodToken() {
        assertThat(anonymous().get(PATH).asString())
                .isEqualTo(Requests.error(401, "credentials_invalid", "Authorization required, please login"));
        assertThat(anonymous().header("Authorization", "Bearer x").get(PATH).asString())
                .isEqualTo(Requests.error(401, "invalid_token", "Undecipherable"));
        assertThat(anonymous().head(PATH).statusCode()).isEqualTo(401);
    }

    @Test
    void hasTheOtherPathsAndMethodsRefused() {
        assertThat(viewer().get("/pbx/second/7/8").asString()).isEqualTo(Requests.error(404, "not_found", "Not found"));
        assertThat(viewer().get("/pbx/secondary/7").statusCode()).isEqualTo(404);
        Response posted = anonymous().post(PATH);
        assertThat(posted.statusCode()).isEqualTo(405);
        assertThat(posted.header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
        Response options = anonymous().options(PATH);
        assertThat(options.statusCode()).isEqualTo(204);
        assertThat(options.header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
    }

    /** HEAD once had no Content-Length where the filter refuses. */
    @Test
    void answersHeadOfAnErrorAsGetWithoutTheBody() {
        for (String path : List.of("/pbx/second/7/8", "/pbx/second/7;a/8", "/elsewhere", PATH)) {
            Response get = anonymous().header("Authorization", "a", "b").get(path);
            Response head = anonymous().header("Authorization", "a", "b").head(path);

            assertThat(head.statusCode()).as(path).isEqualTo(get.statusCode());
            assertThat(head.header("Content-Length")).as(path).isEqualTo(get.header("Content-Length"));
        }
    }

    @Test
    void isReadableByPagesOfTheConfiguredOrigins() {
        Response got =
                viewer().header("Origin", "https://desk.telecomx.example").get(PATH);

        assertThat(got.header("Access-Control-Allow-Origin")).isEqualTo("https://desk.telecomx.example");
    }

    @Test
    void isLimited() {
        Callable<Integer> pending = () -> viewer().get("/pbx/second/pending").statusCode();
        Callable<Integer> another = () -> {
            Await.until("two requests are in flight", Duration.ofSeconds(10), () -> PENDING.size() == 2);
            Response refused = viewer().get(PATH);
            PENDING.forEach(request -> request.complete(new View("pending", 1)));
            assertThat(refused.header("Retry-After")).isEqualTo("1");
            return refused.statusCode();
        };

        assertThat(AtOnce.answers(List.of(pending, pending, another))).containsExactly(200, 200, 503);
        Await.until(
                "there is room again",
                Duration.ofSeconds(10),
                () -> viewer().get(PATH).statusCode() == 200);
    }

    @Test
    void failsAtItsTimeLimitWithALineThatNamesTheRequest() {
        List<Logs.Line> lines = Logs.during(() -> {
            Response late = viewer().header("X-Request-Id", "hung-1").get("/pbx/second/hung");
            assertThat(late.asString()).isEqualTo(Requests.error(500, "internal_error", "Internal server error"));
            assertThat(late.time()).isLessThan(3_000);
        });

        assertThat(lines)
                .filteredOn(line -> line.message().contains("the request took longer than its time limit"))
                .extracting(Logs.Line::requestId)
                .containsExactly("hung-1");
    }

    @Test
    void isCountedByItsPattern() {
        viewer().get(PATH);
        anonymous().get("/pbx/second/odd-one");

        Await.until(
                "the request is counted",
                Duration.ofSeconds(10),
                () -> metrics.find("http.server.requests")
                                .tag("uri", "/pbx/second/{id}")
                                .timer()
                        != null);
        assertThat(metrics.get("http.server.requests")
                        .tag("uri", "/pbx/second/{id}")
                        .timer()
                        .takeSnapshot()
                        .histogramCounts())
                .isNotEmpty();
        assertThat(metrics.getMeters())
                .noneMatch(meter -> String.valueOf(meter.getId().getTag("uri")).contains("odd-one"));
    }

    /** An endpoint without a security annotation once was open to everybody. */
    @Test
    void isClosedIfItsAuthorForgotToSayForWhom() {
        assertThat(anonymous().get("/pbx/forgotten").statusCode()).isEqualTo(401);
        Response authenticated = viewer().get("/pbx/forgotten");
        assertThat(authenticated.asString())
                .isEqualTo(Requests.error(403, "access_denied", "Insufficient access level"));
    }

    /** HEAD once was logged as GET; 405, OPTIONS and the 404 below a resource were missing. */
    @Test
    void isLoggedOnceWithMethodAndStatus() {
        List<Logs.Line> lines = Logs.during(() -> {
            viewer().get(PATH);
            viewer().head(PATH);
            anonymous().post(PATH);
            anonymous().options(PATH);
            viewer().get("/pbx/second/7/8");
            anonymous()
                    .header(
                            "Authorization",
                            "Bearer "
                                    + Token.of("VIEWER")
                                            .header("crit", List.of())
                                            .signed())
                    .get("/pbx/second/8");
        });

        assertThat(lines)
                .filteredOn(line -> line.logger().equals("io.quarkus.http.access-log"))
                .extracting(
                        line -> line.message().replaceAll("(?s).*\"([A-Z]+) (\\S+) HTTP/1.1\" (\\d+).*", "$1 $2 $3"))
                .containsExactlyInAnyOrder(
                        "GET /pbx/second/7 200",
                        "HEAD /pbx/second/7 200",
                        "POST /pbx/second/7 405",
                        "OPTIONS /pbx/second/7 204",
                        "GET /pbx/second/7/8 404",
                        "GET /pbx/second/8 401");
    }
}
