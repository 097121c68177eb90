package dk.telecomx.pbx.health;

import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.jboss.logging.Logger;

/** What one check found last. The log has one line for each change, with the cause. */
final class ReadinessState {

    /** No problem. */
    static final String WELL = "";

    private final String check;
    private final String ready;
    private final Logger log;
    private final AtomicReference<String> last = new AtomicReference<>(WELL);

    /** @param ready what the log says when the problem is over */
    ReadinessState(String check, String ready, Logger log) {
        this.check = check;
        this.ready = ready;
        this.log = log;
    }

    /** @param problem the cause in words, or {@link #WELL} */
    HealthCheckResponse is(String problem) {
        boolean well = problem.equals(WELL);
        if (!problem.equals(last.getAndSet(problem))) {
            log.log(well ? Logger.Level.INFO : Logger.Level.WARN, well ? "ready: " + ready : "not ready: " + problem);
        }
        return HealthCheckResponse.named(check).status(well).build();
    }
}
