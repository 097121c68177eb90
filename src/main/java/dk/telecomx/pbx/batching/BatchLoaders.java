package dk.telecomx.pbx.batching;

import com.mongodb.MongoNamespace;
import com.mongodb.reactivestreams.client.FindPublisher;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.OpenTelemetry;
import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import mutiny.zero.flow.adapters.AdaptersToFlow;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonObjectId;
import org.bson.RawBsonDocument;
import org.bson.types.ObjectId;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Makes the {@link BatchLoader} of each collection, measures it, and closes it at the end. */
@Singleton
public class BatchLoaders {

    private static final BsonInt32 INCLUDED = new BsonInt32(1);

    private final Provider<ReactiveMongoClient> client;
    private final BatchLimits limits;
    private final Vertx vertx;
    private final MeterRegistry metrics;
    private final Function<String, BatchSpans> spans;
    private final Map<String, Collected> made = new ConcurrentHashMap<>();

    BatchLoaders(
            Provider<ReactiveMongoClient> client,
            BatchLimits limits,
            Vertx vertx,
            MeterRegistry metrics,
            OpenTelemetry telemetry,
            @ConfigProperty(name = "quarkus.otel.sdk.disabled") boolean untraced) {
        this.client = client;
        this.limits = limits;
        this.vertx = vertx;
        this.metrics = metrics;
        this.spans = untraced ? kind -> BatchSpans.NONE : kind -> BatchSpans.of(kind, telemetry);
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
     * The look-ups in one collection. Whoever reads it has the same ones, and so shares their queries.
     *
     * @param kind what lies in the collection, for metrics and messages
     * @param collection asked for at the first query, since the client is not there before the service has started
     * @param fields what this reader reads of a document, besides its id
     */
    public BatchLoader over(String kind, Supplier<? extends ReactiveMongoCollection<?>> collection, String... fields) {
        Collected collected = made.computeIfAbsent(kind, first -> new Collected(first, collection));
        collected.read(fields);
        return collected.lookup;
    }

    /** Asks each collection for a document that nobody has, one after the other; fails as the database does. */
    Multi<List<RawBsonDocument>> askForNothing() {
        return Multi.createFrom()
                .iterable(made.values())
                .onItem()
                .transformToUniAndConcatenate(collected -> collected.find(Set.of(new ObjectId())));
    }

    /** A collection, what is read of its documents, and the look-ups in it. */
    private final class Collected {
        final BatchLoader lookup;
        private final Supplier<MongoCollection<RawBsonDocument>> documents;
        private final Counter queries;
        private final Timer duration;
        private volatile BsonDocument projection = new BsonDocument();

        Collected(String kind, Supplier<? extends ReactiveMongoCollection<?>> collection) {
            documents = once(() -> raw(collection.get().getNamespace()));
            queries = Counter.builder("pbx.lookup.queries")
                    .description("Queries sent to the database, by what was looked up")
                    .tag("kind", kind)
                    .register(metrics);
            duration = Timer.builder("pbx.lookup.query.duration")
                    .description("How long a query to the database takes, failed ones included")
                    .tag("kind", kind)
                    .register(metrics);
            lookup = new BatchLoader(kind, this::byIds, limits, spans.apply(kind), vertx);
            Gauge.builder("pbx.lookup.queries.in.flight", lookup, BatchLoader::queriesInFlight)
                    .description("Queries in flight")
                    .tag("kind", kind)
                    .register(metrics);
            Gauge.builder("pbx.lookup.pending", lookup, BatchLoader::waiters)
                    .description("Look-ups that wait for a query")
                    .tag("kind", kind)
                    .register(metrics);
        }

        synchronized void read(String... fields) {
            BsonDocument wider = projection.clone();
            for (String field : fields) {
                wider.put(field, INCLUDED);
            }
            projection = wider;
        }

        private Uni<List<RawBsonDocument>> byIds(Collection<ObjectId> ids) {
            queries.increment();
            Timer.Sample sent = Timer.start();
            return find(ids).onTermination().invoke(() -> sent.stop(duration));
        }

        /** One round trip: the reply has room for all that can come, so no getMore follows (which the driver never retries). */
        Uni<List<RawBsonDocument>> find(Collection<ObjectId> ids) {
            BsonArray wanted = new BsonArray(ids.size());
            ids.forEach(id -> wanted.add(new BsonObjectId(id)));
            FindPublisher<RawBsonDocument> found = documents
                    .get()
                    .find(new BsonDocument("_id", new BsonDocument("$in", wanted)))
                    .projection(projection)
                    .batchSize(ids.size() + 1);
            return uncancelled(Multi.createFrom()
                    .publisher(AdaptersToFlow.publisher(found))
                    .collect()
                    .asList());
        }
    }

    /**
     * The collection as the driver has it: the framework's carries each document by itself to the context of whoever asks, where a batch
     * wants all of them, wherever they arrive.
     */
    private MongoCollection<RawBsonDocument> raw(MongoNamespace where) {
        return client.get()
                .unwrap()
                .getDatabase(where.getDatabaseName())
                .getCollection(where.getCollectionName(), RawBsonDocument.class);
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
        made.values().forEach(collected -> collected.lookup.close());
    }
}
