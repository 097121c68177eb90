package dk.telecomx.pbx.batching;

import dk.telecomx.pbx.error.Failure;
import dk.telecomx.pbx.error.Failure.Overloaded;
import dk.telecomx.pbx.error.Failure.Stopping;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** Look-ups by key that share queries: those that arrive while a query is in flight wait for it and then share the next one. */
public final class BatchLoader<K, V> {

    /*
     * With nothing in flight a look-up is sent at the end of the event loop's turn, together with whatever else the turn asks for. With a
     * query in flight look-ups gather behind it until it returns, or until the batch window has passed: a slow or hung query then only
     * occupies its slot, of which there are a few.
     *
     *  - Fresh. A look-up joins only a batch that is not sent: a batch's keys are complete before its query begins. Nothing is kept.
     *  - Private. A look-up can ask only for keys, and cannot list what others asked for.
     *  - Context. A batch runs on a context of its own, and each look-up resumes on the one it came from.
     *  - Slots. A batch holds one slot from when it leaves the queue until Batch.end(): answer, failure, time limit or close(), whichever
     *    is first. Callers who hang up end no query; otherwise they could have any number in flight.
     *  - Large look-ups have a queue of their own, go alone, and leave one slot to the others.
     *  - The lock guards the queues and what is in flight.
     */

    /** What a query brought back. */
    public interface Found<K, V> {
        @Nullable
        V get(K key);
    }

    private final String kind;
    private final Source<K, V> source;
    private final BatchLimits limits;
    private final BatchTuning tuning;
    private final BatchSpans spans;
    private final Vertx vertx;

    private final ArrayDeque<PendingLookup<K, V>> shared = new ArrayDeque<>();
    private final ArrayDeque<PendingLookup<K, V>> solo = new ArrayDeque<>();
    private final Set<Batch<K, V>> inFlight = new HashSet<>();
    private int pendingKeys;
    private int soloInFlight;
    private @Nullable Batch<K, V> gatheredBehind;
    private boolean sendingSoon;
    private boolean closed;

    BatchLoader(
            String kind, Source<K, V> source, BatchLimits limits, BatchTuning tuning, BatchSpans spans, Vertx vertx) {
        this.kind = kind;
        this.source = source;
        this.limits = limits;
        this.tuning = tuning;
        this.spans = spans;
        this.vertx = vertx;
    }

    /** Looks up one value; empty if there is none. Fails with {@link Overloaded}, a time limit or {@link Stopping}, or as the source does. */
    public Uni<Optional<V>> byKey(K key) {
        return byKeys(Set.of(key)).map(found -> Optional.ofNullable(found.get(key)));
    }

    /** Looks up many values in one query; the set must no longer change. Fails as {@link #byKey} does. */
    public Uni<Found<K, V>> byKeys(Set<K> keys) {
        return Uni.createFrom()
                .emitter(emitter -> join(new PendingLookup<>(keys, emitter, currentContext(), spans.lookup())));
    }

    String kind() {
        return kind;
    }

    synchronized int queriesInFlight() {
        return inFlight.size();
    }

    synchronized int pending() {
        return shared.size() + solo.size();
    }

    synchronized int pendingKeys() {
        return pendingKeys;
    }

    /** Fails whatever is pending or in flight; nothing is looked up from now on. */
    void close() {
        List<PendingLookup<K, V>> left = new ArrayList<>();
        List<Batch<K, V>> sent;
        synchronized (this) {
            closed = true;
            left.addAll(shared);
            left.addAll(solo);
            shared.clear();
            solo.clear();
            pendingKeys = 0;
            sent = List.copyOf(inFlight);
        }
        left.forEach(lookup -> lookup.resume(null, new Stopping()));
        sent.forEach(batch -> batch.end(null, new Stopping()));
    }

    private void join(PendingLookup<K, V> lookup) {
        Failure refusal = null;
        boolean send = false;
        synchronized (this) {
            if (closed) {
                refusal = new Stopping();
            } else if (pending() >= limits.maxPending() || pendingKeys >= tuning.maxPendingKeys()) {
                refusal = new Overloaded();
            } else {
                queueOf(lookup).add(lookup);
                pendingKeys += lookup.keys.size();
                send = claimSending();
            }
        }
        if (refusal != null) {
            lookup.answer(null, refusal);
            return;
        }
        // After it has joined: a caller that was gone before is called back at once.
        lookup.emitter.onTermination(() -> leave(lookup));
        if (send) {
            sendSoon(lookup.context);
        }
    }

    private void leave(PendingLookup<K, V> lookup) {
        lookup.span.end();
        synchronized (this) {
            if (!lookup.taken && queueOf(lookup).remove(lookup)) {
                pendingKeys -= lookup.keys.size();
            }
        }
    }

    private ArrayDeque<PendingLookup<K, V>> queueOf(PendingLookup<K, V> lookup) {
        return lookup.keys.size() > tuning.soloThreshold() ? solo : shared;
    }

    private boolean canSendShared() {
        return gatheredBehind == null && !shared.isEmpty() && inFlight.size() < limits.maxQueries();
    }

    private boolean canSendSolo() {
        return !solo.isEmpty()
                && inFlight.size() < limits.maxQueries()
                && soloInFlight < Math.max(1, limits.maxQueries() - 1);
    }

    private boolean claimSending() {
        if (sendingSoon || !(canSendShared() || canSendSolo())) {
            return false;
        }
        sendingSoon = true;
        return true;
    }

    /** At the end of the turn, on a new context that no request has written to. */
    private void sendSoon(Context from) {
        Context own = VertxContext.createNewDuplicatedContext(VertxContext.getRootContext(from));
        try {
            own.runOnContext(nothing -> sendNext(own));
        } catch (RejectedExecutionException stopping) {
            close();
        }
    }

    private void sendNext(Context own) {
        Batch<K, V> batch;
        boolean more;
        synchronized (this) {
            sendingSoon = false;
            batch = nextBatch(own);
            more = claimSending();
        }
        if (more) {
            sendSoon(own);
        }
        if (batch != null) {
            batch.send(source, spans, tuning.batchWindow(), limits.timeLimit());
        }
    }

    private @Nullable Batch<K, V> nextBatch(Context own) {
        boolean sendShared = canSendShared();
        if (!sendShared && !canSendSolo()) {
            return null;
        }
        Batch<K, V> batch = new Batch<>(this, vertx, own, !sendShared);
        inFlight.add(batch);
        if (sendShared) {
            do {
                take(shared, batch);
            } while (!shared.isEmpty()
                    && batch.keys.size() + shared.element().keys.size() <= tuning.maxBatchKeys());
            // What found no room would gain nothing by gathering behind this batch.
            gatheredBehind = shared.isEmpty() ? batch : null;
        } else {
            take(solo, batch);
            soloInFlight++;
        }
        return batch;
    }

    private void take(ArrayDeque<PendingLookup<K, V>> queue, Batch<K, V> batch) {
        PendingLookup<K, V> lookup = queue.remove();
        lookup.taken = true;
        pendingKeys -= lookup.keys.size();
        batch.add(lookup);
    }

    /** The batch window has passed: the next query need not wait for this one. */
    void stopGathering(Batch<K, V> batch) {
        boolean send;
        synchronized (this) {
            if (gatheredBehind == batch) {
                gatheredBehind = null;
            }
            send = claimSending();
        }
        if (send) {
            sendSoon(batch.context);
        }
    }

    /** The batch has ended, and its slot is free. */
    void release(Batch<K, V> batch) {
        synchronized (this) {
            if (inFlight.remove(batch) && batch.solo) {
                soloInFlight--;
            }
        }
        stopGathering(batch);
    }

    private Context currentContext() {
        Context current = Vertx.currentContext();
        return current != null ? current : vertx.getOrCreateContext();
    }
}
