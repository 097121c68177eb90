package dk.telecomx.pbx.http;

import dk.telecomx.pbx.error.Failure.Overloaded;
import dk.telecomx.pbx.error.Failure.TimeLimitExceeded;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Admits requests: as many at a time as there is {@link AdaptiveLimit} for, and each for so long. */
@Singleton
public class ConcurrencyLimiter {

    /** How much work is taken on. */
    @ConfigMapping(prefix = "pbx.requests")
    public interface Limits {

        /** How many requests may be in hand at the most; one more is refused before its token is looked at. */
        @WithDefault("3000")
        int maxInFlight();

        /** How long a request may take before it fails. */
        Duration timeLimit();
    }

    private static final long A_SECOND = 1000;

    private final long timeLimit;
    private final Vertx vertx;
    private final AdaptiveLimit room;
    private final AtomicInteger inFlight = new AtomicInteger();

    ConcurrencyLimiter(Limits limits, Vertx vertx, MeterRegistry metrics) {
        this.timeLimit = limits.timeLimit().toMillis();
        this.vertx = vertx;
        this.room = new AdaptiveLimit(limits.maxInFlight(), limits.timeLimit());
        Gauge.builder("pbx.requests.in.flight", inFlight, AtomicInteger::get)
                .description("Requests that were taken on and are not answered yet")
                .register(metrics);
        Gauge.builder("pbx.requests.limit", room, AdaptiveLimit::size)
                .description("How many requests may be in hand, less than configured while requests run out of time")
                .register(metrics);
    }

    void measure(@Observes StartupEvent start) {
        vertx.setPeriodic(A_SECOND, passed -> room.adapt());
    }

    /** Does that work if there is room for it; fails with {@link Overloaded} or {@link TimeLimitExceeded}. */
    public <T> Uni<T> admit(Supplier<Uni<T>> work) {
        if (inFlight.incrementAndGet() > room.size()) {
            inFlight.decrementAndGet();
            throw new Overloaded();
        }
        try {
            return inTime(work.get());
        } catch (RuntimeException refused) {
            inFlight.decrementAndGet();
            throw refused;
        }
    }

    /** By a timer of the event loop: it is set and cancelled where the request runs, at a fraction of a scheduler's cost. */
    private <T> Uni<T> inTime(Uni<T> work) {
        return Uni.createFrom().emitter(answer -> {
            long timer = vertx.setTimer(timeLimit, id -> fail(answer, new TimeLimitExceeded("the request")));
            Cancellable running =
                    work.subscribe().with(item -> complete(answer, item), failure -> fail(answer, failure));
            answer.onTermination(() -> {
                vertx.cancelTimer(timer);
                running.cancel();
                inFlight.decrementAndGet();
            });
        });
    }

    private <T> void complete(UniEmitter<? super T> answer, T item) {
        room.answered();
        answer.complete(item);
    }

    private void fail(UniEmitter<?> answer, Throwable failure) {
        if (failure instanceof TimeLimitExceeded || failure instanceof Overloaded) {
            room.late();
        }
        answer.fail(failure);
    }
}
