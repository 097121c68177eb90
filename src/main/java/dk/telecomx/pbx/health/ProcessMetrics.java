package dk.telecomx.pbx.health;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.quarkus.info.BuildInfo;
import io.quarkus.info.GitInfo;
import io.quarkus.netty.MainEventLoopGroup;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.handlers.AsyncHandler;

/** Metrics of the process as a whole: its build, its event loops and its log. */
@Singleton
class ProcessMetrics {

    private static final long PERIOD = Duration.ofMillis(100).toNanos();

    private final List<Future<?>> probes = new ArrayList<>();

    /**
     * Which build runs, so that a graph can tell a rollout from an incident; {@code /q/info} says the same.
     *
     * @param git absent if the sources were not in a repository when they were built
     */
    void showBuild(@Observes StartupEvent start, MeterRegistry metrics, BuildInfo build, Instance<GitInfo> git) {
        Gauge.builder("pbx.build.info", () -> 1)
                .description("Always 1; the labels say which version and which commit run")
                .tag("version", build.version())
                .tag("revision", git.isResolvable() ? git.get().latestCommitId() : "unknown")
                .register(metrics);
    }

    /** How late each event loop runs what is due, measured ten times a second. A loop that is late delays all of its connections. */
    void measureDelay(@Observes StartupEvent start, MeterRegistry metrics, @MainEventLoopGroup EventLoopGroup loops) {
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

    /** Counts the records that reached stdout; {@code log_total} also counts those that wait or are dropped because nobody reads stdout. */
    void countWritten(@Observes StartupEvent start, MeterRegistry metrics) {
        Counter written = Counter.builder("pbx.log.written")
                .description("Log records that were written to stdout")
                .register(metrics);
        addBehindQueues(LogManager.getLogManager().getLogger("").getHandlers(), new ExtHandler() {
            @Override
            protected void doPublish(ExtLogRecord logged) {
                written.increment();
            }
        });
    }

    private static void addBehindQueues(Handler[] handlers, Handler counting) {
        for (Handler handler : handlers) {
            if (handler instanceof AsyncHandler queue) {
                // Its thread gives each record to the console first, which blocks, and then to this.
                queue.addHandler(counting);
            } else if (handler instanceof ExtHandler parent) {
                addBehindQueues(parent.getHandlers(), counting);
            }
        }
    }
}
