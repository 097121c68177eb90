package dk.telecomx.pbx.http;

import dk.telecomx.pbx.batching.BatchLoaders;
import dk.telecomx.pbx.error.Failure;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Limits how many requests are answered at a time, by an {@link AdaptiveLimit}, and how long each may take. One more is 503 before its token
 * is read.
 */
@Singleton
public class ConcurrencyLimiter {

    private final long timeLimit;
    private final Vertx vertx;
    private final BatchLoaders lookups;
    private final AdaptiveLimit limit;
    private final long adapting;
    private final AtomicInteger inFlight = new AtomicInteger();
    private volatile boolean stopping;

    ConcurrencyLimiter(
            @ConfigProperty(name = "pbx.requests.max-in-flight", defaultValue = "3000") int maxInFlight,
            @ConfigProperty(name = "pbx.requests.time-limit") Duration timeLimit,
            Vertx vertx,
            BatchLoaders lookups,
            MeterRegistry metrics) {
        this.timeLimit = timeLimit.toMillis();
        this.vertx = vertx;
        this.lookups = lookups;
        this.limit = new AdaptiveLimit(maxInFlight, timeLimit);
        Gauge.builder("pbx.requests.in.flight", inFlight, AtomicInteger::get)
                .description("Requests that were admitted and are not answered yet")
                .register(metrics);
        Gauge.builder("pbx.requests.limit", limit, AdaptiveLimit::size)
                .description("How many requests may be in flight: fewer than configured while requests run out of time")
                .register(metrics);
        adapting = vertx.setPeriodic(1000, elapsed -> limit.adapt());
    }

    /** Dev mode keeps its Vert.x. */
    @PreDestroy
    void stop() {
        vertx.cancelTimer(adapting);
    }

    /** Refuses every request once the delay is over: the framework waits until none is in flight. */
    void refuse(
            @Observes ShutdownDelayInitiatedEvent event,
            @ConfigProperty(name = "quarkus.shutdown.delay", defaultValue = "0S") Duration delay) {
        vertx.setTimer(Math.max(1, delay.toMillis()), elapsed -> stopping = true);
    }

    /** Counts the request as in flight until its response ends; false if there is no room for it. */
    boolean admit(RoutingContext context) {
        if (inFlight.incrementAndGet() > limit.size() || stopping) {
            inFlight.decrementAndGet();
            return false;
        }
        context.addEndHandler(end -> leave(context.response()));
        return true;
    }

    private void leave(HttpServerResponse response) {
        inFlight.decrementAndGet();
        int status = response.getStatusCode();
        // Other refusals show nothing: most read nothing, and are as quick while the database is away.
        if (response.ended() && (status < 400 || status == 404)) {
            limit.answered();
        } else if (status == 503) {
            limit.overloaded();
        }
    }

    /** Fails with {@link Failure#timeLimitExceeded} what takes longer than a request may, and cancels it. */
    public <T> Uni<T> withinTimeLimit(Uni<T> work) {
        // A timer of the event loop costs a fraction of what the default scheduler's does.
        return Uni.createFrom().emitter(result -> {
            long timer = vertx.setTimer(timeLimit, elapsed -> {
                if (!lookups.areFailing()) {
                    limit.overloaded();
                }
                result.fail(Failure.timeLimitExceeded("the request"));
            });
            Cancellable running = work.subscribe().with(result::complete, result::fail);
            result.onTermination(() -> {
                vertx.cancelTimer(timer);
                running.cancel();
            });
        });
    }
}
