package dk.telecomx.pbx.health;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.quarkus.netty.MainEventLoopGroup;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** How late each event loop runs what is due, measured ten times a second. A loop that is late delays all of its connections. */
@Singleton
class EventLoopDelayMetric {

    private static final long PERIOD = Duration.ofMillis(100).toNanos();

    private final Timer delay;
    private final List<Future<?>> probes = new ArrayList<>();

    EventLoopDelayMetric(MeterRegistry metrics) {
        delay = Timer.builder("pbx.event.loop.delay")
                .description("How late the event loops run what is due")
                .register(metrics);
    }

    void start(@Observes StartupEvent start, @MainEventLoopGroup EventLoopGroup loops) {
        loops.forEach(loop -> probes.add(probe(loop)));
    }

    /** At a fixed rate: a loop that was blocked makes up for the runs it missed, so the time it was blocked counts in full. */
    private Future<?> probe(EventExecutor loop) {
        long[] due = {System.nanoTime()};
        return loop.scheduleAtFixedRate(
                () -> delay.record(Math.max(0, System.nanoTime() - (due[0] += PERIOD)), TimeUnit.NANOSECONDS),
                PERIOD,
                PERIOD,
                TimeUnit.NANOSECONDS);
    }

    void stop(@Observes ShutdownEvent stop) {
        probes.forEach(probe -> probe.cancel(false));
    }
}
