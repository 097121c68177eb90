package dk.telecomx.pbx.batching;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A source that answers when the test says so, and remembers what it was asked. */
final class ManualSource {

    /** A query as it arrived. */
    static final class Asked {
        final Set<UUID> live;
        final Set<UUID> ids;
        final @Nullable Context context = Vertx.currentContext();
        private final UniEmitter<? super Map<UUID, String>> emitter;
        final int sentAt;
        private boolean open = true;

        Asked(Set<UUID> ids, int sentAt, UniEmitter<? super Map<UUID, String>> emitter) {
            this.live = ids;
            this.ids = Set.copyOf(ids);
            this.sentAt = sentAt;
            this.emitter = emitter;
        }

        boolean isOpen() {
            return open;
        }

        /** Answers with a value for each key. */
        void answer() {
            answer(values(ids));
        }

        void answer(Map<UUID, String> values) {
            open = false;
            emitter.complete(values);
        }

        void fail(Throwable failure) {
            open = false;
            emitter.fail(failure);
        }
    }

    final List<Asked> queries = new ArrayList<>();

    /** The time, where a test tells it. */
    int now;

    Uni<Map<UUID, String>> find(Set<UUID> keys) {
        return Uni.createFrom().emitter(emitter -> queries.add(new Asked(keys, now, emitter)));
    }

    Asked query(int number) {
        return queries.get(number);
    }

    List<Asked> open() {
        return queries.stream().filter(Asked::isOpen).toList();
    }

    static String value(UUID key) {
        return "value of " + key;
    }

    static Map<UUID, String> values(Collection<UUID> keys) {
        Map<UUID, String> values = new HashMap<>();
        keys.forEach(key -> values.put(key, value(key)));
        return values;
    }
}
