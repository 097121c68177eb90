package dk.telecomx.pbx.batching;

import io.opentelemetry.api.trace.Span;
import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The lookups that share one query. Keys and lookups no longer change once it is sent. */
final class Batch<K, V> {

    final Set<K> keys = new HashSet<>();
    final List<PendingLookup<K, V>> lookups = new ArrayList<>();
    final Context context;
    final boolean solo;
    volatile long timer;
    Span span = Span.getInvalid();

    Batch(Context context, boolean solo) {
        this.context = context;
        this.solo = solo;
    }

    /** Adds the lookup if there is room for its keys; the first one is never refused. */
    boolean add(PendingLookup<K, V> lookup, int maxKeys) {
        if (!keys.isEmpty() && keys.size() + lookup.keys().size() > maxKeys) {
            return false;
        }
        keys.addAll(lookup.keys());
        return lookups.add(lookup);
    }
}
