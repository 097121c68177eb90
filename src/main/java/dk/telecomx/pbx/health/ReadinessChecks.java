package dk.telecomx.pbx.health;

import dk.telecomx.pbx.authentication.JwksProvider;
import dk.telecomx.pbx.mongo.ByIdRepository;
import dk.telecomx.pbx.mongo.DatabaseProblem;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/** What the service must have to be ready. Each change is one line in the log, with the cause. */
@Singleton
class ReadinessChecks {

    private static final Logger LOG = Logger.getLogger(ReadinessChecks.class);
    private static final String NONE = "";

    /** What was found last, by the name of the check. */
    private final Map<String, String> problems = new ConcurrentHashMap<>(Map.of("database", NONE, "keys", NONE));

    /** Each collection can be read in time. */
    @Produces
    @Singleton
    @Readiness
    AsyncHealthCheck database(
            @All List<ByIdRepository<?>> collections,
            @ConfigProperty(name = "pbx.health.time-limit") Duration timeLimit) {
        return () -> Uni.join()
                .all(collections.stream().map(ByIdRepository::probe).toList())
                .andFailFast()
                .ifNoItem()
                .after(timeLimit)
                .fail()
                .map(read -> NONE)
                .onFailure()
                .recoverWithItem(DatabaseProblem::of)
                .map(problem -> response("database", "the database can be read", problem));
    }

    /** There are keys to verify tokens with. */
    @Produces
    @Singleton
    @Readiness
    HealthCheck keys(JwksProvider keys) {
        return () -> response("keys", "there are keys to verify tokens with", keys.problem());
    }

    void end(@Observes ShutdownDelayInitiatedEvent delay) {
        LOG.info("not ready: the service is shutting down");
    }

    private HealthCheckResponse response(String check, String ready, String problem) {
        boolean well = problem.equals(NONE);
        if (!problem.equals(problems.put(check, problem))) {
            LOG.log(well ? Logger.Level.INFO : Logger.Level.WARN, well ? "ready: " + ready : "not ready: " + problem);
        }
        return HealthCheckResponse.named(check).status(well).build();
    }
}
