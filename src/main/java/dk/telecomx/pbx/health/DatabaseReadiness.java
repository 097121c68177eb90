package dk.telecomx.pbx.health;

import dk.telecomx.pbx.customer.CustomerRepository;
import dk.telecomx.pbx.dialplan.DialplanRepository;
import dk.telecomx.pbx.mongo.DatabaseProblem;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/** Ready while both collections can be read in time. */
@Readiness
class DatabaseReadiness implements AsyncHealthCheck {

    private final DialplanRepository dialplan;
    private final CustomerRepository customers;
    private final Duration timeLimit;
    private final ReadinessState state =
            new ReadinessState("database", "the database can be read", Logger.getLogger(DatabaseReadiness.class));

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
                .map(read -> ReadinessState.WELL)
                .onFailure()
                .recoverWithItem(DatabaseProblem::of)
                .map(state::is);
    }
}
