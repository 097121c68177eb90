package dk.telecomx.pbx.health;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.handlers.AsyncHandler;

/**
 * Counts the records that reached stdout. {@code log_total} counts all, those too that wait or are dropped because nobody reads stdout.
 */
@Singleton
class LogWrittenMetric {

    void count(@Observes StartupEvent start, MeterRegistry metrics) {
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
