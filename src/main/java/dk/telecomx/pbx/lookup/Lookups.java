package dk.telecomx.pbx.lookup;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.quarkus.mongodb.FindOptions;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Makes the {@link Lookup} of each repository, measures it, and closes it at the end. */
@Singleton
public class Lookups {

    private final LookupLimits limits;
    private final Vertx vertx;
    private final MeterRegistry metrics;
    private final Function<String, LookupSpans> spans;
    private final List<Lookup> made = new CopyOnWriteArrayList<>();

    Lookups(
            LookupLimits limits,
            Vertx vertx,
            MeterRegistry metrics,
            OpenTelemetry telemetry,
            @ConfigProperty(name = "quarkus.otel.sdk.disabled") boolean untraced) {
        this.limits = limits;
        this.vertx = vertx;
        this.metrics = metrics;
        this.spans = untraced ? kind -> LookupSpans.NONE : kind -> LookupSpans.of(kind, telemetry);
    }

    void check(@Observes StartupEvent start) {
        requireThat(limits.maxQueries() > 0, "max-queries must be at least 1");
        requireThat(limits.maxJoinedIds() > 0, "max-joined-ids must be at least 1");
        requireThat(limits.aloneAbove() > 0, "alone-above must be at least 1");
        requireThat(limits.maxWaiting() > 0, "max-waiting must be at least 1");
        requireThat(limits.maxWaitingIds() > 0, "max-waiting-ids must be at least 1");
        requireThat(limits.patience().toMillis() > 0, "patience must be at least 1 ms");
        requireThat(
                limits.timeLimit().minus(limits.patience()).toMillis() > 0,
                "time-limit must be longer than patience, by at least 1 ms");
    }

    private static void requireThat(boolean holds, String rule) {
        if (!holds) {
            throw new ConfigurationException("pbx.lookup." + rule);
        }
    }

    /**
     * The look-ups of one kind.
     *
     * @param kind what is looked up, for metrics and messages
     * @param collection where; asked for at the first query, since the client is not there before the service has started
     * @param fields what is read of a document, besides its id
     */
    public Lookup over(String kind, Supplier<? extends ReactiveMongoCollection<?>> collection, String... fields) {
        Bson projection = Projections.include(fields);
        Counter queries = Counter.builder("pbx.lookup.queries")
                .description("Queries sent to the database, by what was looked up")
                .tag("kind", kind)
                .register(metrics);
        Supplier<ReactiveMongoCollection<RawBsonDocument>> documents =
                once(() -> collection.get().withDocumentClass(RawBsonDocument.class));
        Lookup lookup = new Lookup(
                kind,
                ids -> {
                    queries.increment();
                    return uncancelled(find(documents.get(), ids, projection));
                },
                limits,
                spans.apply(kind),
                vertx);
        Gauge.builder("pbx.lookup.in.flight", lookup, Lookup::queriesInFlight)
                .description("Queries in flight")
                .tag("kind", kind)
                .register(metrics);
        Gauge.builder("pbx.lookup.waiting", lookup, Lookup::waiters)
                .description("Look-ups that wait for a query")
                .tag("kind", kind)
                .register(metrics);
        made.add(lookup);
        return lookup;
    }

    /** One round trip: the reply has room for all that can come, so no getMore follows (which the driver never retries). */
    private static Uni<List<RawBsonDocument>> find(
            ReactiveMongoCollection<RawBsonDocument> collection, Collection<ObjectId> ids, Bson projection) {
        return collection
                .find(
                        Filters.in("_id", ids),
                        new FindOptions().projection(projection).batchSize(ids.size() + 1))
                .collect()
                .asList();
    }

    /** A query that is given up runs out by itself: cancelling it would free nothing in the driver, which then logs its late failure. */
    private static <T> Uni<T> uncancelled(Uni<T> query) {
        return Uni.createFrom().emitter(answer -> {
            var unused = query.subscribe().with(answer::complete, answer::fail);
        });
    }

    private static <T> Supplier<T> once(Supplier<T> made) {
        AtomicReference<@Nullable T> kept = new AtomicReference<>();
        return () -> {
            T known = kept.get();
            if (known == null) {
                known = made.get();
                kept.set(known);
            }
            return known;
        };
    }

    @PreDestroy
    void close() {
        made.forEach(Lookup::close);
    }
}
