package dk.telecomx.pbx.lookup;

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
public final class Lookup {

    /*
     * Natural batching. With nothing in flight a look-up is sent at the end of the event loop's turn, so a lone caller waits for
     * nobody and whatever the same turn asks for goes along. With a query in flight look-ups gather until it returns, or until it
     * has used up its patience: a slow or hung query then only occupies its slot, of which there are a few.
     *
     *  - Fresh. A look-up joins only a batch that is not sent. Under the lock a batch takes its waiters out of the queue and its
     *    ids are complete; only then it is sent. So each answer was read after its question was asked. Nothing is kept.
     *  - Whose it is. A batch knows ids alone. It brings back raw bytes, which nobody can change, and each waiter decodes and
     *    judges the documents it asked for: what is odd in one of them is its reader's affair only.
     *  - Context. A batch runs on a context of its own, and each waiter resumes on the one it came from.
     *  - Slots. A batch holds one slot from the moment it is taken out of the queue until end(), which happens once, whichever
     *    comes first: the answer, a failure, the time limit, the last waiter's leaving, or close().
     */

    /** Asks the database; documents come in any order, and those that do not exist do not come. */
    @FunctionalInterface
    interface Query {
        Uni<List<RawBsonDocument>> byIds(Collection<ObjectId> ids);
    }

    private static final Decoder<ObjectId> ID = new IdField();

    private final String kind;
    private final Query query;
    private final LookupLimits limits;
    private final LookupSpans spans;
    private final Vertx vertx;

    private final ArrayDeque<Waiter> waiting = new ArrayDeque<>();
    private final Set<Batch> inFlight = new HashSet<>();
    private int holdingBack;
    private boolean sendingSoon;
    private boolean closed;

    Lookup(String kind, Query query, LookupLimits limits, LookupSpans spans, Vertx vertx) {
        this.kind = kind;
        this.query = query;
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
        return Uni.createFrom().emitter(emitter -> join(new Waiter(ids, emitter, currentContext(), spans.lookup())));
    }

    /** Ends all that is waited for; nothing is looked up any more. */
    void close() {
        List<Waiter> left;
        List<Batch> sent;
        synchronized (this) {
            closed = true;
            left = List.copyOf(waiting);
            waiting.clear();
            sent = List.copyOf(inFlight);
        }
        left.forEach(waiter -> waiter.resume(null, new Stopping()));
        sent.forEach(batch -> batch.end(null, new Stopping()));
    }

    synchronized int queriesInFlight() {
        return inFlight.size();
    }

    synchronized int waiters() {
        return waiting.size();
    }

    private void join(Waiter waiter) {
        Failure refusal = null;
        boolean send = false;
        synchronized (this) {
            if (closed) {
                refusal = new Stopping();
            } else if (waiting.size() >= limits.maxWaiting()) {
                refusal = new Overloaded();
            } else {
                waiting.add(waiter);
                send = claimSending();
            }
        }
        if (refusal != null) {
            waiter.answer(null, refusal);
            waiter.span.end();
            return;
        }
        // Only now: who left before joining would never leave again. If it is too late already, this calls back at
        // once.
        waiter.emitter.onTermination(() -> leave(waiter));
        if (send) {
            sendSoon(waiter.context);
        }
    }

    private void leave(Waiter waiter) {
        waiter.span.end();
        Batch abandoned = null;
        synchronized (this) {
            Batch batch = waiter.batch;
            if (batch == null) {
                waiting.remove(waiter);
            } else if (--batch.waitersLeft == 0) {
                abandoned = batch;
            }
        }
        if (abandoned != null) {
            abandoned.end(null, null);
        }
    }

    private boolean canSend() {
        Waiter next = waiting.peek();
        return next != null && inFlight.size() < limits.maxQueries() && (holdingBack == 0 || isLarge(next));
    }

    private boolean claimSending() {
        if (sendingSoon || !canSend()) {
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
            while (canSend()) {
                batches.add(nextBatch());
            }
        }
        batches.forEach(Batch::send);
    }

    private Batch nextBatch() {
        Batch batch = new Batch(isLarge(waiting.element()));
        do {
            batch.take(waiting.remove());
        } while (!waiting.isEmpty() && batch.hasRoomFor(waiting.element()));
        inFlight.add(batch);
        if (batch.holdsBack) {
            holdingBack++;
        }
        return batch;
    }

    private boolean isLarge(Waiter waiter) {
        return waiter.ids.size() > limits.aloneAbove();
    }

    private ContextInternal currentContext() {
        ContextInternal current = ContextInternal.current();
        return current != null ? current : ((VertxInternal) vertx).getOrCreateContext();
    }

    /** One look-up. */
    private static final class Waiter {
        final Set<ObjectId> ids;
        final UniEmitter<? super Documents> emitter;
        final ContextInternal context;
        final Span span;

        @Nullable
        Batch batch;

        Waiter(Set<ObjectId> ids, UniEmitter<? super Documents> emitter, ContextInternal context, Span span) {
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
            LookupSpans.note(failure, span);
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
        final List<Waiter> waiters = new ArrayList<>();
        final ContextInternal context = currentContext().unwrap().duplicate();
        int waitersLeft;
        boolean holdsBack;
        boolean ended;
        long timer = -1;

        Span span = Span.getInvalid();

        @Nullable
        Cancellable sent;

        Batch(boolean large) {
            this.large = large;
            this.holdsBack = !large;
        }

        boolean hasRoomFor(Waiter waiter) {
            return !large && !isLarge(waiter) && ids.size() + waiter.ids.size() <= limits.maxJoinedIds();
        }

        void take(Waiter waiter) {
            waiter.batch = this;
            waiters.add(waiter);
            waitersLeft++;
            ids.addAll(waiter.ids);
        }

        void send() {
            context.emit(nothing -> {
                Span begun = spans.query(this::lookups, ids.size());
                synchronized (Lookup.this) {
                    if (ended) {
                        return;
                    }
                    span = begun;
                    timer = context.setTimer(limits.patience().toMillis(), id -> stopHoldingBack());
                }
                try {
                    subscribed(query.byIds(ids).subscribe().with(this::answer, this::fail));
                } catch (RuntimeException notAsked) {
                    fail(notAsked);
                }
            });
        }

        private Iterator<Span> lookups() {
            return waiters.stream().map(waiter -> waiter.span).iterator();
        }

        private void subscribed(Cancellable subscription) {
            boolean tooLate;
            synchronized (Lookup.this) {
                sent = subscription;
                tooLate = ended;
            }
            if (tooLate) {
                subscription.cancel();
            }
        }

        private void stopHoldingBack() {
            boolean send;
            synchronized (Lookup.this) {
                if (ended) {
                    return;
                }
                letNextGo();
                send = claimSending();
                timer = context.setTimer(
                        limits.timeLimit().minus(limits.patience()).toMillis(),
                        id -> fail(new TimeLimitExceeded("looking up a " + kind)));
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
            if (holdsBack) {
                holdsBack = false;
                holdingBack--;
            }
        }

        /** Frees the slot and tells the waiters, once; with neither documents nor a failure nobody is left to be told. */
        void end(@Nullable Documents found, @Nullable Throwable failure) {
            Cancellable subscription;
            boolean send;
            long running;
            Span asked;
            synchronized (Lookup.this) {
                if (ended) {
                    return;
                }
                ended = true;
                inFlight.remove(this);
                letNextGo();
                send = claimSending();
                subscription = sent;
                running = timer;
                asked = span;
            }
            vertx.cancelTimer(running);
            LookupSpans.note(failure, asked);
            asked.end();
            if (subscription != null && found == null) {
                subscription.cancel();
            }
            if (send) {
                sendSoon(context);
            }
            if (found != null || failure != null) {
                waiters.forEach(waiter -> waiter.resume(found, failure));
            }
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
