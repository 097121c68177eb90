package dk.telecomx.pbx;

import com.mongodb.ConnectionString;
import com.mongodb.ServerAddress;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A database with the {@link Fixtures}: on the server that {@code PBX_TEST_MONGODB} (a connection string, by environment or system property)
 * names, dropped at the end; else on an embedded server, on a free port.
 */
public final class FixtureDatabase implements AutoCloseable {

    private static final String EXTERNAL = "PBX_TEST_MONGODB";

    private final String name = "pbx_test_" + UUID.randomUUID().toString().replace("-", "");
    private final @Nullable MongoServer embedded;
    private final String connection;
    private final MongoClient client;

    public FixtureDatabase() {
        Optional<String> external = external();
        if (external.isPresent()) {
            embedded = null;
            connection = external.get();
        } else {
            embedded = new MongoServer(new MemoryBackend());
            embedded.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            connection = "mongodb://127.0.0.1:" + embedded.getLocalAddress().getPort();
        }
        client = MongoClients.create(connection);
        Fixtures.storeIn(client.getDatabase(name));
    }

    private static Optional<String> external() {
        String property = System.getProperty(EXTERNAL);
        return Optional.ofNullable(property == null ? System.getenv(EXTERNAL) : property)
                .filter(value -> !value.isBlank());
    }

    public String connection() {
        return connection;
    }

    public String name() {
        return name;
    }

    /** Where its server listens. */
    public InetSocketAddress address() {
        ServerAddress server =
                new ServerAddress(new ConnectionString(connection).getHosts().get(0));
        return new InetSocketAddress(server.getHost(), server.getPort());
    }

    @Override
    public void close() {
        client.getDatabase(name).drop();
        client.close();
        if (embedded != null) {
            embedded.shutdownNow();
        }
    }
}
