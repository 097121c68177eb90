package dk.telecomx.pbx.batching;

import dk.telecomx.pbx.error.Failure;
import dk.telecomx.pbx.error.Failure.Overloaded;
import dk.telecomx.pbx.error.Failure.Stopping;
import dk.telecomx.pbx.error.Failure.TimeLimitExceeded;
import io.opentelemetry.api.trace.Span;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.bson.BsonReader;
import org.bson.RawBsonDocument;
import org.bson.codecs.Decoder;
import org.bson.codecs.DecoderContext;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * Look-ups by id in one collection, asked together: those that arrive while a query is in flight wait for it to return and then
 * share the next one.
 */
public final class BatchLoader {

    /*
     * Natural batching. With nothing in flight a look-up is sent at the end of the event loop's turn, so a lone caller waits for
     * nobody and whatever the same turn asks for goes along. With a query in flight look-ups gather behind it until it returns, or
     * until it has used up its patience: a slow or hung query then only occupies its slot, of which there are a few.
     *
     *  - Fresh. A look-up joins only a batch that is not sent. Under the lock a batch takes its waiters out of the queue and its
     *    ids are complete; only then it is sent. So each answer was read after its question was asked. Nothing is kept.
     *  - Whose it is. A batch knows ids alone. It brings back raw bytes, which nobody can change, and each waiter decodes and
     *    judges the documents it asked for: what is odd in one of them is its reader's affair only.
     *  - Context. A batch runs on a context of its own, and each waiter resumes on the one it came from.
     *  - Slots. A batch holds one slot from the moment it is taken out of the queue until end(), which happens once, whichever
     *    comes first: the answer, a failure, the time limit, or close(). That its waiters leave ends no query: else callers who
     *    hang up could have any number in flight.
     *  - Large look-ups have a queue of their own, go alone, and leave one slot to the others.
     *
     * The lock guards the queues, what is in flight, and of a batch what says so; a batch's ids and waiters do not change any more
     * once it is out of the queue.
     */

    /** Asks the database; documents come in any order, and those that do not exist do not come. */
    @FunctionalInterface
    interface Source {
        Uni<List<RawBsonDocument>> byIds(Collection<ObjectId> ids);
    }

    private static final Decoder<ObjectId> ID = new IdField();

    private final String kind;
    private final Source source;
    private final BatchLimits limits;
    private final BatchSpans spans;
    private final Vertx vertx;

    private final ArrayDeque<PendingLookup> waiting = new ArrayDeque<>();
    private final ArrayDeque<PendingLookup> waitingAlone = new ArrayDeque<>();
    private final Set<Batch> inFlight = new HashSet<>();
    private int idsWaiting;
    private int largeInFlight;
    private @Nullable Batch gatheredBehind;
    private boolean sendingSoon;
    private boolean closed;

    BatchLoader(String kind, Source source, BatchLimits limits, BatchSpans spans, Vertx vertx) {
        this.kind = kind;
        this.source = source;
        this.limits = limits;
        this.spans = spans;
        this.vertx = vertx;
    }

    /** Looks one document up; empty if there is none. Fails with {@link Overloaded} or {@link TimeLimitExceeded}, or as the database does. */
    public Uni<Optional<RawBsonDocument>> byId(ObjectId id) {
        return byIds(Set.of(id)).map(found -> Optional.ofNullable(found.get(id)));
    }

    /** Looks many documents up, in one query; the set must not change any more. Fails as {@link #byId} does. */
    public Uni<Documents> byIds(Set<ObjectId> ids) {
        return Uni.createFrom()
                .emitter(emitter -> join(new PendingLookup(ids, emitter, currentContext(), spans.lookup())));
    }

    /** Ends all that is waited for; nothing is looked up any more. */
    void close() {
        List<PendingLookup> left = new ArrayList<>();
        List<Batch> sent;
        synchronized (this) {
            closed = true;
            left.addAll(waiting);
            left.addAll(waitingAlone);
            waiting.clear();
            waitingAlone.clear();
            idsWaiting = 0;
            sent = List.copyOf(inFlight);
        }
        left.forEach(waiter -> waiter.resume(null, new Stopping()));
        sent.forEach(batch -> batch.end(null, new Stopping()));
    }

    synchronized int queriesInFlight() {
        return inFlight.size();
    }

    synchronized int waiters() {
        return waiting.size() + waitingAlone.size();
    }

    synchronized int idsWaiting() {
        return idsWaiting;
    }

    private void join(PendingLookup waiter) {
        Failure refusal = null;
        boolean send = false;
        synchronized (this) {
            if (closed) {
                refusal = new Stopping();
            } else if (waiters() >= limits.maxWaiting() || idsWaiting >= limits.maxWaitingIds()) {
                refusal = new Overloaded();
            } else {
                queueOf(waiter).add(waiter);
                idsWaiting += waiter.ids.size();
                send = claimSending();
            }
        }
        if (refusal != null) {
            waiter.answer(null, refusal);
            return;
        }
        // Only now: who left before it joined would never leave again. Who has left since is called back at once.
        waiter.emitter.onTermination(() -> leave(waiter));
        if (send) {
            sendSoon(waiter.context);
        }
    }

    private void leave(PendingLookup waiter) {
        waiter.span.end();
        synchronized (this) {
            if (!waiter.taken && queueOf(waiter).remove(waiter)) {
                idsWaiting -= waiter.ids.size();
            }
        }
    }

    private ArrayDeque<PendingLookup> queueOf(PendingLookup waiter) {
        return waiter.ids.size() > limits.aloneAbove() ? waitingAlone : waiting;
    }

    private boolean canSendTogether() {
        return gatheredBehind == null && !waiting.isEmpty() && inFlight.size() < limits.maxQueries();
    }

    private boolean canSendAlone() {
        return !waitingAlone.isEmpty()
                && inFlight.size() < limits.maxQueries()
                && largeInFlight < Math.max(1, limits.maxQueries() - 1);
    }

    private boolean claimSending() {
        if (sendingSoon || !(canSendTogether() || canSendAlone())) {
            return false;
        }
        sendingSoon = true;
        return true;
    }

    private void sendSoon(ContextInternal context) {
        try {
            context.unwrap().duplicate().runOnContext(nothing -> sendAll());
        } catch (RejectedExecutionException stopping) {
            close();
        }
    }

    private void sendAll() {
        List<Batch> batches = new ArrayList<>(1);
        synchronized (this) {
            sendingSoon = false;
            while (canSendTogether()) {
                batches.add(together());
            }
            while (canSendAlone()) {
                batches.add(alone());
            }
        }
        batches.forEach(Batch::send);
    }

    private Batch together() {
        Batch batch = new Batch(false);
        do {
            batch.take(waiting.remove());
        } while (!waiting.isEmpty() && batch.hasRoomFor(waiting.element()));
        inFlight.add(batch);
        // Behind one that had no room left nothing can gather that would not have to wait all the same.
        if (waiting.isEmpty()) {
            gatheredBehind = batch;
        }
        return batch;
    }

    private Batch alone() {
        Batch batch = new Batch(true);
        batch.take(waitingAlone.remove());
        inFlight.add(batch);
        largeInFlight++;
        return batch;
    }

    private ContextInternal currentContext() {
        ContextInternal current = ContextInternal.current();
        return current != null ? current : ((VertxInternal) vertx).getOrCreateContext();
    }

    /** One look-up. */
    private static final class PendingLookup {
        final Set<ObjectId> ids;
        final UniEmitter<? super Documents> emitter;
        final ContextInternal context;
        final Span span;
        boolean taken;

        PendingLookup(Set<ObjectId> ids, UniEmitter<? super Documents> emitter, ContextInternal context, Span span) {
            this.ids = ids;
            this.emitter = emitter;
            this.context = context;
            this.span = span;
        }

        void resume(@Nullable Documents found, @Nullable Throwable failure) {
            try {
                context.emit(failure, problem -> answer(found, problem));
            } catch (RejectedExecutionException stopping) {
                answer(null, new Stopping());
            }
        }

        void answer(@Nullable Documents found, @Nullable Throwable failure) {
            BatchSpans.end(span, failure);
            if (found != null) {
                emitter.complete(found);
            } else {
                emitter.fail(failure);
            }
        }
    }

    /** The look-ups that share one query. */
    private final class Batch {
        final boolean large;
        final Set<ObjectId> ids = new LinkedHashSet<>();
        final List<PendingLookup> waiters = new ArrayList<>();
        final ContextInternal context = currentContext().unwrap().duplicate();
        boolean ended;
        long timer = -1;
        Span span = Span.getInvalid();

        @Nullable
        Cancellable query;

        Batch(boolean large) {
            this.large = large;
        }

        boolean hasRoomFor(PendingLookup waiter) {
            return ids.size() + waiter.ids.size() <= limits.maxJoinedIds();
        }

        void take(PendingLookup waiter) {
            waiter.taken = true;
            idsWaiting -= waiter.ids.size();
            waiters.add(waiter);
            ids.addAll(waiter.ids);
        }

        void send() {
            context.emit(nothing -> {
                synchronized (BatchLoader.this) {
                    if (ended) {
                        return;
                    }
                    timer = context.setTimer(limits.patience().toMillis(), id -> stopGathering());
                }
                try {
                    asked(spans.query(this::lookups, ids.size()));
                    sent(source.byIds(ids).subscribe().with(this::answer, this::fail));
                } catch (RuntimeException notAsked) {
                    fail(notAsked);
                }
            });
        }

        private Iterator<Span> lookups() {
            return waiters.stream().map(waiter -> waiter.span).iterator();
        }

        private void asked(Span begun) {
            synchronized (BatchLoader.this) {
                span = begun;
            }
        }

        private void sent(Cancellable subscription) {
            synchronized (BatchLoader.this) {
                query = subscription;
            }
        }

        private void stopGathering() {
            boolean send;
            synchronized (BatchLoader.this) {
                if (ended) {
                    return;
                }
                timer = context.setTimer(
                        limits.timeLimit().minus(limits.patience()).toMillis(),
                        id -> fail(new TimeLimitExceeded("looking up a " + kind)));
                letNextGo();
                send = claimSending();
            }
            if (send) {
                sendSoon(context);
            }
        }

        private void answer(List<RawBsonDocument> documents) {
            Map<ObjectId, RawBsonDocument> byId = new HashMap<>(documents.size() * 2);
            try {
                for (RawBsonDocument document : documents) {
                    byId.put(document.decode(ID), document);
                }
            } catch (RuntimeException unreadable) {
                fail(unreadable);
                return;
            }
            end(byId::get, null);
        }

        private void fail(Throwable failure) {
            end(null, failure);
        }

        private void letNextGo() {
            if (gatheredBehind == this) {
                gatheredBehind = null;
            }
        }

        /** Frees the slot and tells the waiters, once: either what was found, or why not. */
        void end(@Nullable Documents found, @Nullable Throwable failure) {
            long running;
            Span asked;
            Cancellable unanswered;
            boolean send;
            synchronized (BatchLoader.this) {
                if (ended) {
                    return;
                }
                ended = true;
                running = timer;
                asked = span;
                unanswered = failure == null ? null : query;
                inFlight.remove(this);
                if (large) {
                    largeInFlight--;
                }
                letNextGo();
                send = claimSending();
            }
            vertx.cancelTimer(running);
            BatchSpans.end(asked, failure);
            if (unanswered != null) {
                unanswered.cancel();
            }
            if (send) {
                sendSoon(context);
            }
            waiters.forEach(waiter -> waiter.resume(found, failure));
        }
    }

    /** The id of a document, which the database sends first. */
    private static final class IdField implements Decoder<ObjectId> {
        @Override
        public ObjectId decode(BsonReader reader, DecoderContext context) {
            reader.readStartDocument();
            while (!reader.readName().equals("_id")) {
                reader.skipValue();
            }
            return reader.readObjectId();
        }
    }
}
