package dk.telecomx.pbx.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dk.telecomx.pbx.AtOnce;
import dk.telecomx.pbx.Await;
import dk.telecomx.pbx.FixtureDatabase;
import dk.telecomx.pbx.Fixtures;
import dk.telecomx.pbx.Keys;
import dk.telecomx.pbx.faults.FaultProxy.Wire;
import io.opentelemetry.proto.trace.v1.Span;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a collector of traces is told when the one switch is on. */
class TracesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int CALLERS = 12;

    private static final Keys KEYS = Keys.rsa("traces");
    private static final String VIEWER = KEYS.viewerOf(Fixtures.ACME);
    private static FixtureDatabase database;
    private static FaultProxy wire;
    private static TraceCollector collector;
    private static PackagedService service;

    @BeforeAll
    static void start() throws Exception {
        database = new FixtureDatabase();
        wire = new FaultProxy(database.address());
        collector = new TraceCollector();
        Map<String, String> settings = PackagedService.settings(wire.port(), database.name(), KEYS.jwk());
        settings.put("QUARKUS_OTEL_SDK_DISABLED", "false");
        settings.put("QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT", collector.url());
        settings.put("QUARKUS_OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf");
        settings.put("QUARKUS_OTEL_BSP_SCHEDULE_DELAY", "100ms");
        service = PackagedService.start("traces", settings);
        Await.until(
                "the first good answer",
                PATIENCE,
                () -> ask(trace(0), Fixtures.CROWD).statusCode() == 200);
    }

    @AfterAll
    static void stop() {
        service.close();
        collector.close();
        wire.close();
        database.close();
    }

    @AfterEach
    void isWell() {
        wire.turn(Wire.OPEN);
    }

    /** A slow wire makes lookups gather, so that a query serves several. */
    @Test
    void givesAQueryASpanWithLinksToTheLookupsItServed() throws Exception {
        wire.turn(Wire.SLOW);
        List<String> traces =
                IntStream.rangeClosed(1, CALLERS).mapToObj(TracesIT::trace).toList();
        List<Callable<Integer>> reads = traces.stream()
                .map(trace ->
                        (Callable<Integer>) () -> ask(trace, Fixtures.CROWD).statusCode())
                .toList();
        assertThat(AtOnce.answers(reads)).containsOnly(200);
        Await.until("every request's spans", PATIENCE, () -> traces.stream()
                .allMatch(trace -> inTrace(trace, "look up item").size() == 1
                        && inTrace(trace, "GET /pbx/group/{id}").size() == 1));
        Await.until("every query's span", PATIENCE, () -> linkedLookups().containsAll(lookups(traces)));

        for (String trace : traces) {
            Span request = inTrace(trace, "GET /pbx/group/{id}").get(0);
            Span lookup = inTrace(trace, "look up item").get(0);
            assertThat(hex(request.getParentSpanId().toByteArray())).isEqualTo(PARENT);
            assertThat(lookup.getParentSpanId()).isEqualTo(request.getSpanId());
            assertThat(lookup.getLinksList()).hasSize(1);
            Span query = queries().stream()
                    .filter(span -> span.getSpanId().equals(lookup.getLinks(0).getSpanId()))
                    .findFirst()
                    .orElseThrow();
            assertThat(query.getLinksList()).anyMatch(link -> link.getSpanId().equals(lookup.getSpanId()));
        }
        assertThat(queries()).anyMatch(query -> query.getLinksCount() > 1);
    }

    @Test
    void writesTheTraceIntoTheLinesOfItsRequest() throws Exception {
        String trace = trace(100);

        HttpResponse<String> refused = ask(trace, Fixtures.CROWD_OF_GDANSK);

        assertThat(refused.statusCode()).isEqualTo(403);
        String requestId = refused.headers().firstValue("X-Request-Id").orElseThrow();
        Await.until("the record of the refusal", PATIENCE, () -> service.log().contains(requestId));
        assertThat(service.log().lines().filter(line -> line.contains(requestId)))
                .isNotEmpty()
                .allMatch(line -> line.contains("\"traceId\":\"" + trace + "\""));
    }

    @Test
    void saysNothingOfTokensNamesNumbersAndWhereACallerSaysItIs() throws Exception {
        String trace = trace(200);
        service.send(service.request(
                        "/pbx/group/" + Fixtures.CROWD + "?expandExtension=true&access_token=" + VIEWER + "&name="
                                + Fixtures.PERSONAL.get(0),
                        VIEWER)
                .header("X-Forwarded-For", "203.0.113.7")
                .header("traceparent", "00-" + trace + "-" + PARENT + "-01"));
        Await.until(
                "the request's span",
                PATIENCE,
                () -> inTrace(trace, "GET /pbx/group/{id}").size() == 1);

        assertThat(collector.received())
                .doesNotContain(VIEWER)
                .doesNotContain(Fixtures.PERSONAL)
                .doesNotContain("203.0.113.7");
    }

    private static final String PARENT = "00f067aa0ba902b7";

    private static String trace(int number) {
        return String.format("4bf92f3577b34da6%016x", number + 1);
    }

    private static HttpResponse<String> ask(String trace, ObjectId group) {
        return service.send(service.request("/pbx/group/" + group, VIEWER)
                .header("traceparent", "00-" + trace + "-" + PARENT + "-01"));
    }

    private static List<Span> inTrace(String trace, String name) {
        return collector.spans(name).stream()
                .filter(span -> hex(span.getTraceId().toByteArray()).equals(trace))
                .toList();
    }

    private static List<Span> queries() {
        return collector.spans("find item");
    }

    private static Set<String> lookups(List<String> traces) {
        return traces.stream()
                .flatMap(trace -> inTrace(trace, "look up item").stream())
                .map(span -> hex(span.getSpanId().toByteArray()))
                .collect(Collectors.toSet());
    }

    private static Set<String> linkedLookups() {
        return queries().stream()
                .flatMap(query -> query.getLinksList().stream())
                .map(link -> hex(link.getSpanId().toByteArray()))
                .collect(Collectors.toSet());
    }

    private static String hex(byte[] id) {
        return HexFormat.of().formatHex(id);
    }
}
