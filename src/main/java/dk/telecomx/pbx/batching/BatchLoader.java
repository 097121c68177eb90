package dk.telecomx.pbx.batching;

import dk.telecomx.pbx.error.Failure;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lookups by key that share queries: those that arrive while a query is in flight wait for it and then share the next one. */
public final class BatchLoader<K, V> {

    /*
     * With nothing in flight a lookup is sent at the end of the event loop's turn, together with whatever else the turn asks for. With a
     * query in flight lookups gather behind it until it returns, or until the batch window has passed: a slow or hung query then only
     * occupies its slot, of which there are a few.
     *
     *  - Fresh. A lookup joins only a batch that is not sent: a batch's keys are complete before its query begins. Nothing is kept.
     *  - Private. A lookup can ask only for keys, and cannot list what others asked for.
     *  - Context. A batch runs on a context of its own, and each lookup resumes on the one it came from.
     *  - Slots. A batch holds one slot from when it is sent until end(): answer, failure or time limit, whichever is first. Callers who
     *    hang up end no query; otherwise they could have any number in flight.
     *  - Large lookups, which would fill half a batch, have a queue of their own, go alone, and leave one slot to the others.
     *  - Lookups of several keys are refused while too many keys wait. Those of one key are bounded by the requests in flight.
     *  - The lock guards the queues and what is in flight.
     */

    /** Where values are read from. */
    @FunctionalInterface
    public interface Source<K, V> {

        /** One query for all of these keys, which nothing cancels. A key without a value is not in the answer. */
        Uni<Map<K, V>> find(Set<K> keys);
    }

    private final Source<K, V> source;
    private final BatchLimits limits;
    private final BatchSpans spans;
    private final Vertx vertx;

    // By emitter, in order of arrival.
    private final Map<UniEmitter<?>, PendingLookup<K, V>> shared = new LinkedHashMap<>();
    private final Map<UniEmitter<?>, PendingLookup<K, V>> solo = new LinkedHashMap<>();
    private final Set<Batch<K, V>> inFlight = new HashSet<>();
    private int pendingKeys;
    private boolean sendingSoon;
    private boolean soloIsNext;
    /** Behind which later lookups gather; null once its window has passed or its query has ended. */
    private @Nullable Batch<K, V> gathering;

    BatchLoader(Source<K, V> source, BatchLimits limits, BatchSpans spans, Vertx vertx) {
        this.source = source;
        this.limits = limits;
        this.spans = spans;
        this.vertx = vertx;
    }

    /** Looks up one value; empty if there is none. Fails with {@link Failure#OVERLOADED} or {@link Failure#timeLimitExceeded}, or as the source does. */
    public Uni<Optional<V>> byKey(K key) {
        return byKeys(Set.of(key)).map(found -> Optional.ofNullable(found.apply(key)));
    }

    /** Looks up many values in one query, null where there is none; the set must no longer change. Fails as {@link #byKey} does. */
    public Uni<Function<K, @Nullable V>> byKeys(Set<K> keys) {
        return Uni.createFrom()
                .emitter(emitter ->
                        join(new PendingLookup<>(keys, emitter, vertx.getOrCreateContext(), spans.lookup())));
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

    private void join(PendingLookup<K, V> lookup) {
        synchronized (this) {
            if (lookup.keys().size() > 1 && pendingKeys >= limits.maxPendingKeys()) {
                lookup.span().end();
                throw Failure.OVERLOADED;
            }
            pendingKeys += lookup.keys().size();
            queueOf(lookup).put(lookup.emitter(), lookup);
        }
        // After it has joined: a caller that was gone before is called back at once.
        lookup.emitter().onTermination(() -> leave(lookup));
        sendSoon(lookup.context());
    }

    private void leave(PendingLookup<K, V> lookup) {
        lookup.span().end();
        synchronized (this) {
            if (queueOf(lookup).remove(lookup.emitter()) != null) {
                pendingKeys -= lookup.keys().size();
            }
        }
    }

    private Map<UniEmitter<?>, PendingLookup<K, V>> queueOf(PendingLookup<K, V> lookup) {
        return lookup.keys().size() > limits.maxBatchKeys() / 2 ? solo : shared;
    }

    private boolean canSendShared() {
        return canSend(shared) && gathering == null;
    }

    private boolean canSendSolo() {
        return canSend(solo)
                && inFlight.stream().filter(batch -> batch.solo).count() < Math.max(1, limits.maxQueries() - 1);
    }

    private boolean canSend(Map<UniEmitter<?>, PendingLookup<K, V>> queue) {
        return !queue.isEmpty() && inFlight.size() < limits.maxQueries();
    }

    /** Sends what can be sent at the end of the turn, on a new context that no request has written to. */
    private void sendSoon(Context from) {
        synchronized (this) {
            if (sendingSoon || !(canSendShared() || canSendSolo())) {
                return;
            }
            sendingSoon = true;
        }
        Context own = VertxContext.createNewDuplicatedContext(from);
        own.runOnContext(nothing -> sendNext(own));
    }

    private void sendNext(Context own) {
        Batch<K, V> batch = nextBatch(own);
        if (batch != null) {
            sendSoon(own);
            send(batch);
        }
    }

    /** What can be sent now; null if those who asked have left. */
    private synchronized @Nullable Batch<K, V> nextBatch(Context own) {
        sendingSoon = false;
        // In turn, where both can be: neither queue waits for the other to be empty.
        boolean sendSolo = canSendSolo() && (soloIsNext || !canSendShared());
        if (!sendSolo && !canSendShared()) {
            return null;
        }
        soloIsNext = !sendSolo;
        Batch<K, V> batch = new Batch<>(own, sendSolo);
        Iterator<PendingLookup<K, V>> next = (sendSolo ? solo : shared).values().iterator();
        for (; next.hasNext(); next.remove()) {
            PendingLookup<K, V> lookup = next.next();
            if (!batch.add(lookup, limits.maxBatchKeys())) {
                break;
            }
            pendingKeys -= lookup.keys().size();
        }
        // What found no room would gain nothing by gathering behind this batch.
        if (!sendSolo && shared.isEmpty()) {
            gathering = batch;
        }
        inFlight.add(batch);
        return batch;
    }

    /** Called on the batch's own context, so that timers and answer arrive there. */
    private void send(Batch<K, V> batch) {
        batch.span = spans.query(batch);
        batch.timer = vertx.setTimer(limits.batchWindow().toMillis(), id -> stopGathering(batch));
        Uni.createFrom()
                .deferred(() -> source.find(batch.keys))
                .subscribe()
                .with(found -> end(batch, found::get, null), failure -> end(batch, null, failure));
    }

    /** The batch window has passed: the next query need not wait for this one. */
    private void stopGathering(Batch<K, V> batch) {
        Duration left = limits.timeLimit().minus(limits.batchWindow());
        synchronized (this) {
            if (gathering == batch) {
                gathering = null;
            }
            batch.timer = vertx.setTimer(
                    left.toMillis(),
                    id -> end(batch, null, Failure.timeLimitExceeded("the " + spans.kind() + " lookup")));
        }
        sendSoon(batch.context);
    }

    /** Frees the slot and answers the lookups, once: with what was found, or with why not. */
    private void end(Batch<K, V> batch, @Nullable Function<K, @Nullable V> found, @Nullable Throwable failure) {
        synchronized (this) {
            if (!inFlight.remove(batch)) {
                return;
            }
            if (gathering == batch) {
                gathering = null;
            }
        }
        vertx.cancelTimer(batch.timer);
        BatchSpans.end(batch.span, failure);
        sendSoon(batch.context);
        batch.lookups.forEach(lookup -> lookup.resume(found, failure));
    }
}
