package dk.telecomx.pbx.batching;

import dk.telecomx.pbx.batching.BatchLoader.Found;
import io.opentelemetry.api.trace.Span;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One look-up, from when it is asked until it is answered on the context that it came from. */
final class PendingLookup<K, V> {

    final Set<K> keys;
    final UniEmitter<? super Found<K, V>> emitter;
    final Context context;
    final Span span;

    PendingLookup(Set<K> keys, UniEmitter<? super Found<K, V>> emitter, Context context, Span span) {
        this.keys = keys;
        this.emitter = emitter;
        this.context = context;
        this.span = span;
    }

    /** Answers on the look-up's context: with what was found, or with why not. */
    void resume(@Nullable Found<K, V> found, @Nullable Throwable failure) {
        context.runOnContext(nothing -> {
            BatchSpans.end(span, failure);
            if (found != null) {
                emitter.complete(found);
            } else {
                emitter.fail(failure);
            }
        });
    }
}
