package dk.telecomx.pbx.batching;

import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What one lookup came to. */
final class Reply {

    final Set<UUID> ids;
    final Context askedOn;
    private final Runnable settle;
    private int outcomes;
    private @Nullable Function<UUID, @Nullable String> found;
    private @Nullable Throwable failure;
    private @Nullable Context resumedOn;
    private @Nullable Cancellable subscription;

    private Reply(Set<UUID> ids, Context askedOn, Runnable settle) {
        this.settle = settle;
        this.ids = ids;
        this.askedOn = askedOn;
    }

    /** Asks, as a request of that context would. */
    static Reply to(BatchLoader<UUID, String> lookup, VirtualLoop loop, Set<UUID> ids) {
        return to(lookup, loop.request(), ids, loop::turn);
    }

    /** The same, for a test that ends each turn itself. */
    static Reply inTurn(BatchLoader<UUID, String> lookup, VirtualLoop loop, Set<UUID> ids) {
        return to(lookup, loop.request(), ids, () -> {});
    }

    private static Reply to(BatchLoader<UUID, String> lookup, ContextInternal context, Set<UUID> ids, Runnable settle) {
        Reply reply = new Reply(ids, context, settle);
        context.emit(nothing -> reply.subscription = lookup.byKeys(ids)
                .subscribe()
                .with(found -> reply.resume(found, null), failure -> reply.resume(null, failure)));
        return reply;
    }

    private void resume(@Nullable Function<UUID, @Nullable String> documents, @Nullable Throwable problem) {
        outcomes++;
        found = documents;
        failure = problem;
        resumedOn = Vertx.currentContext();
    }

    void cancel() {
        Objects.requireNonNull(subscription).cancel();
    }

    int outcomes() {
        settle.run();
        return outcomes;
    }

    Function<UUID, @Nullable String> found() {
        settle.run();
        return Objects.requireNonNull(found, "no answer");
    }

    @Nullable
    Throwable failure() {
        settle.run();
        return failure;
    }

    @Nullable
    Context resumedOn() {
        settle.run();
        return resumedOn;
    }

    static Set<UUID> ids(int count) {
        return Stream.generate(UUID::randomUUID).limit(count).collect(Collectors.toUnmodifiableSet());
    }
}
