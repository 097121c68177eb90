package dk.telecomx.pbx.batching;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes the {@link BatchLoader} of each kind, and measures it. */
@Singleton
public class BatchLoaders {

    private final BatchLimits limits;
    private final Vertx vertx;
    private final MeterRegistry metrics;
    private final Tracer tracer;
    private final Map<String, Failures> failures = new ConcurrentHashMap<>();

    /** Queries of a kind that have failed since one was answered, and when the last did, in nanoseconds. */
    private record Failures(int inARow, long lastAt) {}

    BatchLoaders(
            @ConfigProperty(name = "pbx.lookup.max-queries", defaultValue = "4") int maxQueries,
            @ConfigProperty(name = "pbx.lookup.time-limit") Duration timeLimit,
            Vertx vertx,
            MeterRegistry metrics,
            OpenTelemetry telemetry,
            @ConfigProperty(name = "quarkus.otel.sdk.disabled") boolean untraced) {
        limits = new BatchLimits(maxQueries, timeLimit);
        this.vertx = vertx;
        this.metrics = metrics;
        // What the framework's telemetry makes where tracing is off is not free.
        this.tracer = (untraced ? OpenTelemetry.noop() : telemetry).getTracer("dk.telecomx.pbx.lookup");
    }

    /** The lookups of one kind, which metrics and messages call by that name. */
    public <K, V> BatchLoader<K, V> over(String kind, BatchLoader.Source<K, V> source) {
        Counter queries = Counter.builder("pbx.lookup.queries")
                .description("Queries sent to the database, by what was looked up")
                .tag("kind", kind)
                .register(metrics);
        Timer duration = Timer.builder("pbx.lookup.query.duration")
                .description("How long a query to the database takes, failed ones included")
                .tag("kind", kind)
                .register(metrics);
        BatchLoader.Source<K, V> counted = keys -> {
            queries.increment();
            Timer.Sample sent = Timer.start();
            return source.find(keys).onTermination().invoke((found, failure, cancelled) -> {
                sent.stop(duration);
                failures.compute(
                        kind,
                        (key, before) -> failure == null
                                ? null
                                : new Failures(before == null ? 1 : before.inARow + 1, System.nanoTime()));
            });
        };
        BatchLoader<K, V> loader = new BatchLoader<>(counted, limits, new BatchSpans(kind, tracer), vertx);
        Gauge.builder("pbx.lookup.queries.in.flight", loader, BatchLoader::queriesInFlight)
                .description("Queries in flight")
                .tag("kind", kind)
                .register(metrics);
        Gauge.builder("pbx.lookup.pending", loader, BatchLoader::pending)
                .description("Lookups that wait for a query")
                .tag("kind", kind)
                .register(metrics);
        return loader;
    }

    /** Whether the last queries of some kind, as many as may be in flight, have all failed, lately: a late request is then no sign of overload. */
    public boolean areFailing() {
        long recent = System.nanoTime() - limits.timeLimit().multipliedBy(2).toNanos();
        return failures.values().stream()
                .anyMatch(failed -> failed.inARow >= limits.maxQueries() && failed.lastAt - recent > 0);
    }
}
