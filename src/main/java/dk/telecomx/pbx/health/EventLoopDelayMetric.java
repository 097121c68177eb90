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

    private final List<Future<?>> probes = new ArrayList<>();

    void start(@Observes StartupEvent start, MeterRegistry metrics, @MainEventLoopGroup EventLoopGroup loops) {
        Timer delay = Timer.builder("pbx.event.loop.delay").register(metrics);
        for (EventExecutor loop : loops) {
            long[] due = {System.nanoTime()};
            // At a fixed rate: a loop makes up for the runs that it missed, so the time it was blocked counts in full.
            Runnable probe = () -> delay.record(System.nanoTime() - (due[0] += PERIOD), TimeUnit.NANOSECONDS);
            probes.add(loop.scheduleAtFixedRate(probe, PERIOD, PERIOD, TimeUnit.NANOSECONDS));
        }
    }

    /** Dev mode keeps its event loops. */
    void stop(@Observes ShutdownEvent stop) {
        probes.forEach(probe -> probe.cancel(false));
    }
}
