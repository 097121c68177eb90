package dk.telecomx.pbx.batching;

import io.opentelemetry.api.trace.Span;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One lookup, from when it is asked until it is answered on the context that it came from. */
record PendingLookup<K, V>(
        Set<K> keys, UniEmitter<? super Function<K, @Nullable V>> emitter, Context context, Span span) {

    /** Answers on the lookup's context: with what was found, or with why not. */
    void resume(@Nullable Function<K, @Nullable V> found, @Nullable Throwable failure) {
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
