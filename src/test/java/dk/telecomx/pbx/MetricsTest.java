package dk.telecomx.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.netty.channel.EventLoopGroup;
import io.quarkus.netty.MainEventLoopGroup;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@QuarkusTest
class MetricsTest {

    private static final Duration BLOCKED = Duration.ofMillis(500);

    private final MeterRegistry metrics;
    private final EventLoopGroup loops;

    @Inject
    MetricsTest(MeterRegistry metrics, @MainEventLoopGroup EventLoopGroup loops) {
        this.metrics = metrics;
        this.loops = loops;
    }

    @Test
    void countEveryDecisionByItsRule() {
        counts("allowed", "admin", () -> Requests.get(Requests.group(Fixtures.SUPPORT)));
        counts("allowed", "own-customer", () -> Requests.asViewerOf(Fixtures.ACME)
                .get(Requests.group(Fixtures.SUPPORT)));
        counts("allowed", "reseller", () -> Requests.with(Token.of("RESELLER").customer(Fixtures.NORDIC))
                .get(Requests.group(Fixtures.SUPPORT)));
        counts("denied", "level", () -> Requests.with(Token.of("PERSONAL")).get(Requests.group(Fixtures.SUPPORT)));
        counts("denied", "foreign", () -> Requests.asViewerOf(Fixtures.BAKER).get(Requests.group(Fixtures.SUPPORT)));
    }

    @Test
    void countWhatResolvesToNothingByTheReason() {
        double missing = unresolved("missing");
        double foreign = unresolved("foreign");
        double wrongType = unresolved("wrong-type");

        Requests.get(Requests.group(Fixtures.DANGLING) + "?expandExtension=true");

        assertThat(unresolved("missing") - missing).isEqualTo(1);
        assertThat(unresolved("foreign") - foreign).isEqualTo(1);
        assertThat(unresolved("wrong-type") - wrongType).isEqualTo(1);
    }

    @Test
    void nameNobodyAndNothingThatWasAskedFor() throws IOException {
        Requests.get(Requests.group(Fixtures.SUPPORT));
        Requests.get("/pbx/group/odd-one");
        Requests.get("/elsewhere/odd-two");
        Requests.asAdmin().delete("/pbx/group/odd-three");
        // A line end of Unicode is one byte that the HTTP decoder takes. It once kept the patterns of paths from
        // matching.
        RawHttp.exchange("GET " + Requests.group(Fixtures.SUPPORT)
                + "\u0085 HTTP/1.1\r\nHost: pbx\r\nConnection: close\r\n\r\n");
        Await.until(
                "what the HTTP server refused is counted",
                Duration.ofSeconds(10),
                () -> metrics.find("http.server.requests").tag("status", "400").timer() != null);

        assertThat(metrics.getMeters())
                .flatExtracting(meter -> meter.getId().getTags())
                .filteredOn(tag -> !Set.of("revision", "cluster.id").contains(tag.getKey()))
                .extracting(Tag::getValue)
                .noneMatch(value -> value.contains("odd-") || value.contains(Fixtures.SUPPORT.toHexString()))
                .noneMatch(value -> value.matches(".*[0-9a-f]{24}.*"))
                .doesNotContainAnyElementsOf(List.of("Support", "Anna", "101"));
        Set<String> names = Set.copyOf(metrics.getMeters().stream()
                .map(meter -> meter.getId().getName())
                .toList());
        assertThat(names).contains("http.server.requests", "pbx.requests.in.flight", "pbx.lookup.queries");
    }

    @Test
    void countEveryRefusalByItsReason() {
        String group = Requests.group(Fixtures.SUPPORT);
        refuses("401", "credentials_invalid", "missing", () -> Requests.anonymous()
                .get(group));
        refuses("401", "format_error", "malformed_header", () -> Requests.anonymous()
                .header("Authorization", "Basic x")
                .get(group));
        refuses("401", "invalid_token", "malformed", () -> Requests.with("x").get(group));
        refuses("403", "access_denied", "foreign", () -> Requests.asViewerOf(Fixtures.BAKER)
                .get(group));
        refuses("403", "access_denied", "level", () -> Requests.with(Token.of("PERSONAL"))
                .get(group));
        refuses("404", "not_found", "group", () -> Requests.get(Requests.group(Fixtures.GONE)));
        refuses("404", "not_found", "path", () -> Requests.get("/elsewhere"));
        refuses("405", "method_not_allowed", "method", () -> Requests.asAdmin().delete(group));
        refuses("400", "bad_request", "request", () -> Requests.get("/pbx/group/42"));
        refuses("500", "internal_error", "unreadable", () -> Requests.get(Requests.group(Fixtures.UNREADABLE)));
        assertThat(counter("pbx.refusals", "status", "503", "code", "overloaded", "reason", "overloaded"))
                .isZero();
    }

    private void refuses(String status, String code, String reason, Runnable request) {
        double before = counter("pbx.refusals", "status", status, "code", code, "reason", reason);

        request.run();

        assertThat(counter("pbx.refusals", "status", status, "code", code, "reason", reason) - before)
                .as(reason)
                .isEqualTo(1);
    }

    /** A scanner's paths below a group, refused at once, were part of the objective of latency. */
    @Test
    void countWhatIsBelowAGroupAsOther() {
        long groups = answers("/pbx/group/{id}");
        long other = answers("other");

        Requests.get(Requests.group(Fixtures.SUPPORT) + "/members");

        Await.until("the request is counted", Duration.ofSeconds(10), () -> answers("other") == other + 1);
        assertThat(answers("/pbx/group/{id}")).isEqualTo(groups);
    }

    private long answers(String uri) {
        return metrics.find("http.server.requests").tag("uri", uri).timers().stream()
                .mapToLong(Timer::count)
                .sum();
    }

    /** Without a token anybody could once make as many series as there are names for a method. */
    @Test
    void knowNoMethodThatACallerMadeUp() {
        for (String method : List.of("BREW", "get", "PROPFIND", "M-SEARCH")) {
            Requests.anonymous().request(method, Requests.group(Fixtures.SUPPORT));
            Requests.anonymous().request(method, "/elsewhere");
        }
        Await.until(
                "requests by other methods are counted",
                Duration.ofSeconds(10),
                () -> metrics.find("http.server.requests")
                                .tag("method", "other")
                                .timer()
                        != null);
        assertThat(metrics.getMeters())
                .extracting(meter -> meter.getId().getTag("method"))
                .filteredOn(Objects::nonNull)
                .contains("GET")
                .isSubsetOf("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "other");
    }

    /** Probes run at a fixed rate, so a loop that was blocked for half a second reports it more than once. */
    @Test
    void timeHowLateABlockedEventLoopIs() {
        Timer delay = metrics.get("pbx.event.loop.delay").timer();
        loops.next().execute(() -> Await.pass(BLOCKED));

        Await.until("a delay of the loop", Duration.ofSeconds(10), () -> delay.max(TimeUnit.MILLISECONDS) > 300);
        assertThat(delay.takeSnapshot().histogramCounts())
                .extracting(CountAtBucket::bucket)
                .contains(0.25e9, 3e9);
    }

    @Test
    void showTheDriversConnections() {
        Requests.get(Requests.group(Fixtures.SUPPORT));

        assertThat(pools("size")).isPositive();
        Await.until(
                "connections go back to the pool",
                Duration.ofSeconds(10),
                () -> pools("checkedout") == 0 && pools("waitqueuesize") == 0);
        assertThat(metrics.find("mongodb.driver.commands").meters())
                .as("queries are timed once, as pbx.lookup.query.duration")
                .isEmpty();
    }

    private double pools(String what) {
        return metrics.get("mongodb.driver.pool." + what).gauges().stream()
                .mapToDouble(Gauge::value)
                .sum();
    }

    private void counts(String outcome, String rule, Runnable request) {
        double before = decisions(outcome, rule);

        request.run();

        assertThat(decisions(outcome, rule) - before).as(rule).isEqualTo(1);
    }

    private double decisions(String outcome, String rule) {
        return counter("pbx.access.decisions", "outcome", outcome, "rule", rule);
    }

    private double unresolved(String reason) {
        return counter("pbx.references.unresolved", "reason", reason);
    }

    private double counter(String name, String... tags) {
        var counter = metrics.find(name).tags(tags).counter();
        return counter == null ? Double.NaN : counter.count();
    }
}
