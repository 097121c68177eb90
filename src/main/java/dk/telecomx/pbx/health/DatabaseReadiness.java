package dk.telecomx.pbx.health;

import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import org.bson.Document;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while the database answers a ping in time. What is wrong with it is the log's affair. */
@Readiness
class DatabaseReadiness implements AsyncHealthCheck {

    private final ReactiveMongoClient client;
    private final String database;
    private final Duration timeLimit;

    DatabaseReadiness(
            ReactiveMongoClient client,
            @ConfigProperty(name = "quarkus.mongodb.database") String database,
            @ConfigProperty(name = "pbx.health.time-limit") Duration timeLimit) {
        this.client = client;
        this.database = database;
        this.timeLimit = timeLimit;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return client.getDatabase(database)
                .runCommand(new Document("ping", 1))
                .ifNoItem()
                .after(timeLimit)
                .fail()
                .map(pong -> HealthCheckResponse.up("database"))
                .onFailure()
                .recoverWithItem(() -> HealthCheckResponse.down("database"));
    }
}
