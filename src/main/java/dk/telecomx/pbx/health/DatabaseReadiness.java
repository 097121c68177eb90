package dk.telecomx.pbx.health;

import dk.telecomx.pbx.customer.CustomerRepository;
import dk.telecomx.pbx.dialplan.DialplanRepository;
import dk.telecomx.pbx.mongo.DatabaseProblem;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/** Ready while both collections can be read in time. The log says when that changes, and why. */
@Readiness
class DatabaseReadiness implements AsyncHealthCheck {

    private static final Logger LOG = Logger.getLogger(DatabaseReadiness.class);
    private static final String WELL = "";

    private final DialplanRepository dialplan;
    private final CustomerRepository customers;
    private final Duration timeLimit;
    private final AtomicReference<String> state = new AtomicReference<>(WELL);

    DatabaseReadiness(
            DialplanRepository dialplan,
            CustomerRepository customers,
            @ConfigProperty(name = "pbx.health.time-limit") Duration timeLimit) {
        this.dialplan = dialplan;
        this.customers = customers;
        this.timeLimit = timeLimit;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return Uni.join()
                .all(dialplan.probe(), customers.probe())
                .andFailFast()
                .ifNoItem()
                .after(timeLimit)
                .fail()
                .map(read -> WELL)
                .onFailure()
                .recoverWithItem(DatabaseProblem::of)
                .invoke(this::logChange)
                .map(problem -> HealthCheckResponse.named("database")
                        .status(problem.equals(WELL))
                        .build());
    }

    private void logChange(String problem) {
        if (problem.equals(state.getAndSet(problem))) {
            return;
        }
        if (problem.equals(WELL)) {
            LOG.info("ready: the database can be read");
        } else {
            LOG.warnf("not ready: %s", problem);
        }
    }
}
