package dk.telecomx.pbx;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The service's database in tests: a database of its own on {@code PBX_TEST_MONGODB} (a connection string, by environment or system
 * property) where that is set, dropped at the end; else an embedded server on a free port. Holds the {@link Fixtures} from the start.
 */
public final class TestDatabase implements QuarkusTestResourceLifecycleManager {

    private static final String EXTERNAL = "PBX_TEST_MONGODB";

    private @Nullable MongoServer embedded;

    @Override
    public Map<String, String> start() {
        String connection = external().orElseGet(this::startEmbedded);
        String database = "pbx_test_" + UUID.randomUUID().toString().replace("-", "");
        Database.use(connection, database);
        Fixtures.enter();
        return Map.of(
                "quarkus.mongodb.connection-string",
                elsewhere(connection),
                "quarkus.mongodb.database",
                database,
                "quarkus.http.host",
                "127.0.0.1",
                "quarkus.management.host",
                "127.0.0.1",
                // The packaged service knows no test port: several runs on one machine would meet at 9000.
                "quarkus.management.port",
                "0",
                // The end is GracefulEndIT's subject; each of the others would wait for it.
                "quarkus.shutdown.delay",
                "0S");
    }

    /** Wants reads to go elsewhere than to the primary, which the service does not do. */
    private static String elsewhere(String connection) {
        return connection + (connection.contains("?") ? "&" : connection.endsWith("/") ? "?" : "/?")
                + "readPreference=secondary";
    }

    private static Optional<String> external() {
        String property = System.getProperty(EXTERNAL);
        String connection = property == null ? System.getenv(EXTERNAL) : property;
        return Optional.ofNullable(connection).filter(value -> !value.isBlank());
    }

    private String startEmbedded() {
        MongoServer server = new MongoServer(new MemoryBackend());
        embedded = server;
        return "mongodb://127.0.0.1:" + server.bind().getPort();
    }

    @Override
    public void stop() {
        try (MongoClient client = MongoClients.create(Database.connection())) {
            client.getDatabase(Database.name()).drop();
        }
        Database.close();
        if (embedded != null) {
            embedded.shutdownNow();
        }
    }
}
