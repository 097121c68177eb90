package dk.telecomx.pbx.group;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import dk.telecomx.pbx.Fixtures;
import dk.telecomx.pbx.Requests;
import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** A single server has no secondaries to ask: what the driver would do with a set of them is what it was told. */
@QuarkusTest
class PrimaryReadsTest {

    private final ReactiveMongoClient client;
    private final String connection;
    private final String database;

    @Inject
    PrimaryReadsTest(
            ReactiveMongoClient client,
            @ConfigProperty(name = "quarkus.mongodb.connection-string") String connection,
            @ConfigProperty(name = "quarkus.mongodb.database") String database) {
        this.client = client;
        this.connection = connection;
        this.database = database;
    }

    @Test
    void goToThePrimaryWhateverTheConnectionStringSays() {
        assertThat(connection).endsWith("readConcernLevel=majority&readPreference=secondary");
        assertThat(client.unwrap().getDatabase(database).getReadPreference()).isEqualTo(ReadPreference.primary());
        assertThat(client.unwrap().getDatabase(database).getReadConcern()).isEqualTo(ReadConcern.DEFAULT);
        Requests.get(Requests.group(Fixtures.SUPPORT)).then().statusCode(200);
    }
}
