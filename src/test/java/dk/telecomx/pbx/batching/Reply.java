package dk.telecomx.pbx.batching;

import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.impl.ContextInternal;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/** What one look-up came to. */
final class Reply {

    final Set<ObjectId> ids;
    final ContextInternal askedOn;
    private int outcomes;
    private @Nullable Documents found;
    private @Nullable Throwable failure;
    private @Nullable ContextInternal resumedOn;
    private @Nullable Cancellable subscription;

    private Reply(Set<ObjectId> ids, ContextInternal askedOn) {
        this.ids = ids;
        this.askedOn = askedOn;
    }

    /** Asks, as a request of that context would. */
    static Reply to(BatchLoader lookup, ContextInternal context, Set<ObjectId> ids) {
        Reply reply = new Reply(ids, context);
        context.emit(nothing -> reply.subscription = lookup.byIds(ids)
                .subscribe()
                .with(found -> reply.resume(found, null), failure -> reply.resume(null, failure)));
        return reply;
    }

    private void resume(@Nullable Documents documents, @Nullable Throwable problem) {
        outcomes++;
        found = documents;
        failure = problem;
        resumedOn = ContextInternal.current();
    }

    void cancel() {
        Objects.requireNonNull(subscription).cancel();
    }

    int outcomes() {
        return outcomes;
    }

    Documents found() {
        return Objects.requireNonNull(found, "no answer");
    }

    @Nullable
    Throwable failure() {
        return failure;
    }

    @Nullable
    ContextInternal resumedOn() {
        return resumedOn;
    }

    static Set<ObjectId> ids(int count) {
        return Stream.generate(ObjectId::new).limit(count).collect(Collectors.toUnmodifiableSet());
    }
}
