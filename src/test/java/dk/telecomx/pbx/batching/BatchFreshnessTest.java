package dk.telecomx.pbx.batching;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import dk.telecomx.pbx.mongo.PlainClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Function;
import java.util.function.ObjIntConsumer;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many read what others keep changing: no answer is older than the last write that was complete before its question. */
class BatchFreshnessTest {

    private static final List<ObjectId> IDS =
            Stream.generate(ObjectId::new).limit(8).toList();
    private static final int READERS = 24;

    private Vertx vertx;

    @BeforeEach
    void start() {
        Limits.prepareMutiny();
        vertx = Vertx.vertx();
    }

    @AfterEach
    void stop() {
        vertx.close();
    }

    @Test
    void findsNoStaleReadInMemory() throws Exception {
        ScheduledExecutorService network = Executors.newScheduledThreadPool(2);
        try (Memory memory = new Memory(network)) {
            BatchLoader<ObjectId, Long> lookup = Limits.over(memory::find, Limits.PATIENT, vertx);
            Storm storm = new Storm(lookup, memory::write, 400);
            storm.run(vertx);
            assertThat(storm.stale).isEmpty();
            assertThat(memory.queries).as("lookups shared queries").hasValueLessThan(READERS * 400 / 2);
        }
    }

    @Test
    void findsNoStaleReadOverTheWire() throws Exception {
        MongoServer server = new MongoServer(new MemoryBackend());
        String uri = server.bindAndGetConnectionString();
        try (MongoClient writing = MongoClients.create(uri);
                PlainClient reading = new PlainClient(uri)) {
            MongoCollection<Document> things = writing.getDatabase("pbx").getCollection("things");
            IDS.forEach(id -> things.insertOne(new Document("_id", id).append("version", 0L)));
            SimpleMeterRegistry metrics = new SimpleMeterRegistry();
            BatchLoader<ObjectId, Long> lookup = new BatchLoaders(
                            4, Duration.ofSeconds(30), vertx, metrics, OpenTelemetry.noop(), true)
                    .over("thing", ids -> reading.collection("pbx", "things", Document.class)
                            .find(Filters.in("_id", ids))
                            .collect()
                            .asMap(found -> found.getObjectId("_id"), found -> found.getLong("version")));
            Storm storm = new Storm(
                    lookup,
                    (id, version) -> things.updateOne(Filters.eq("_id", id), Updates.set("version", (long) version)),
                    100);
            storm.run(vertx);
            assertThat(storm.stale).isEmpty();
            assertThat(metrics.counter("pbx.lookup.queries", "kind", "thing").count())
                    .as("lookups shared queries")
                    .isLessThan(READERS * 100 / 2.0);
        } finally {
            server.shutdownNow();
        }
    }

    /** Answers with what was there when it was asked, a little later: as stale as a database can be. */
    private static final class Memory implements AutoCloseable {
        private final AtomicLongArray versions = new AtomicLongArray(IDS.size());
        private final ScheduledExecutorService network;
        final AtomicInteger queries = new AtomicInteger();

        Memory(ScheduledExecutorService network) {
            this.network = network;
        }

        void write(ObjectId id, int version) {
            versions.set(IDS.indexOf(id), version);
        }

        Uni<Map<ObjectId, Long>> find(Set<ObjectId> ids) {
            queries.incrementAndGet();
            Map<ObjectId, Long> now = new HashMap<>();
            ids.forEach(id -> now.put(id, versions.get(IDS.indexOf(id))));
            int micros = ThreadLocalRandom.current().nextInt(100, 2000);
            return Uni.createFrom()
                    .item(now)
                    .onItem()
                    .delayIt()
                    .onExecutor(network)
                    .by(Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(micros)));
        }

        @Override
        public void close() {
            network.shutdownNow();
        }
    }

    /** A writer for each half of the ids, and readers that each ask again as soon as they have their answer. */
    private static final class Storm {
        private final AtomicLongArray complete = new AtomicLongArray(IDS.size());
        private final BatchLoader<ObjectId, Long> lookup;
        private final ObjIntConsumer<ObjectId> write;
        private final int rounds;
        private final CountDownLatch readersLeft = new CountDownLatch(READERS);
        final Queue<String> stale = new ConcurrentLinkedQueue<>();

        Storm(BatchLoader<ObjectId, Long> lookup, ObjIntConsumer<ObjectId> write, int rounds) {
            this.lookup = lookup;
            this.write = write;
            this.rounds = rounds;
        }

        void run(Vertx vertx) throws InterruptedException {
            List<Thread> writers = List.of(new Thread(() -> writeFrom(0)), new Thread(() -> writeFrom(1)));
            writers.forEach(Thread::start);
            List<Context> contexts = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                contexts.add(vertx.getOrCreateContext());
            }
            contexts.forEach(context -> context.runOnContext(nothing -> read(context, rounds)));
            boolean done = readersLeft.await(120, TimeUnit.SECONDS);
            writers.forEach(Thread::interrupt);
            for (Thread writer : writers) {
                writer.join();
            }
            assertThat(done).as("every reader got all its answers").isTrue();
            assertThat(complete.get(0)).as("there were writes").isPositive();
        }

        private void writeFrom(int first) {
            for (int version = 1; !Thread.currentThread().isInterrupted() && readersLeft.getCount() > 0; version++) {
                for (int i = first; i < IDS.size() && readersLeft.getCount() > 0; i += 2) {
                    write.accept(IDS.get(i), version);
                    complete.set(i, version);
                }
            }
        }

        private void read(Context context, int left) {
            if (left == 0) {
                readersLeft.countDown();
                return;
            }
            Set<ObjectId> wanted = new HashSet<>();
            for (int i = ThreadLocalRandom.current().nextInt(3); i >= 0; i--) {
                wanted.add(IDS.get(ThreadLocalRandom.current().nextInt(IDS.size())));
            }
            long[] atLeast = new long[IDS.size()];
            wanted.forEach(id -> atLeast[IDS.indexOf(id)] = complete.get(IDS.indexOf(id)));
            lookup.byKeys(wanted)
                    .subscribe()
                    .with(
                            found -> {
                                wanted.forEach(id -> compare(found, id, atLeast[IDS.indexOf(id)]));
                                context.runOnContext(nothing -> read(context, left - 1));
                            },
                            failure -> {
                                stale.add(failure.toString());
                                readersLeft.countDown();
                            });
        }

        private void compare(Function<ObjectId, @Nullable Long> found, ObjectId id, long atLeast) {
            long version = Objects.requireNonNull(found.apply(id));
            if (version < atLeast) {
                stale.add(id + " was read as " + version + " after " + atLeast + " had been written");
            }
        }
    }
}
