package dk.telecomx.pbx.batching;

import dk.telecomx.pbx.batching.BatchLoader.Found;
import dk.telecomx.pbx.error.Failure.TimeLimitExceeded;
import io.opentelemetry.api.trace.Span;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The look-ups that share one query. Keys and look-ups no longer change once it is sent; its own lock guards the rest. */
final class Batch<K, V> {

    final boolean solo;
    final Context context;
    final Set<K> keys = new LinkedHashSet<>();
    private final List<PendingLookup<K, V>> lookups = new ArrayList<>();
    private final BatchLoader<K, V> loader;
    private final Vertx vertx;
    private boolean ended;
    private long timer = -1;
    private Span span = Span.getInvalid();
    private @Nullable Cancellable query;

    Batch(BatchLoader<K, V> loader, Vertx vertx, Context context, boolean solo) {
        this.loader = loader;
        this.vertx = vertx;
        this.context = context;
        this.solo = solo;
    }

    void add(PendingLookup<K, V> lookup) {
        lookups.add(lookup);
        keys.addAll(lookup.keys);
    }

    /** Sends the query. Called on the batch's own context, so that timers and answer arrive there. */
    void send(Source<K, V> source, BatchSpans spans, Duration window, Duration timeLimit) {
        synchronized (this) {
            if (ended) {
                return;
            }
            timer = vertx.setTimer(window.toMillis(), id -> stopGathering(timeLimit.minus(window)));
            span = spans.query(this::spans, keys.size());
        }
        try {
            Cancellable sent =
                    source.find(keys).subscribe().with(found -> end(found::get, null), failure -> end(null, failure));
            synchronized (this) {
                query = sent;
            }
        } catch (RuntimeException notSent) {
            end(null, notSent);
        }
    }

    private Iterator<Span> spans() {
        return lookups.stream().map(lookup -> lookup.span).iterator();
    }

    private void stopGathering(Duration left) {
        synchronized (this) {
            if (ended) {
                return;
            }
            timer = vertx.setTimer(
                    left.toMillis(), id -> end(null, new TimeLimitExceeded("looking up a " + loader.kind())));
        }
        loader.stopGathering(this);
    }

    /** Frees the slot and answers the look-ups, once: with what was found, or with why not. */
    void end(@Nullable Found<K, V> found, @Nullable Throwable failure) {
        long running;
        Cancellable unanswered;
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            running = timer;
            unanswered = failure == null ? null : query;
            BatchSpans.end(span, failure);
        }
        vertx.cancelTimer(running);
        if (unanswered != null) {
            unanswered.cancel();
        }
        loader.release(this);
        lookups.forEach(lookup -> lookup.resume(found, failure));
    }
}
