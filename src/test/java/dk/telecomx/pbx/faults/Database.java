package dk.telecomx.pbx.faults;

import com.mongodb.ConnectionString;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * A database with the {@link Fixtures}: an embedded one, or the server that {@code PBX_TEST_MONGODB} names (host:port, no credentials), where
 * it has a database of its own.
 */
final class Database implements AutoCloseable {

    private final @Nullable MongoServer embedded;
    private final InetSocketAddress address;
    private final String name = "faults" + ProcessHandle.current().pid();
    private final MongoClient client;

    Database() {
        String given = System.getenv("PBX_TEST_MONGODB");
        if (given == null || given.isBlank()) {
            embedded = new MongoServer(new MemoryBackend());
            embedded.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            address = embedded.getLocalAddress();
        } else {
            embedded = null;
            String host = new ConnectionString(given).getHosts().get(0);
            int colon = host.indexOf(':');
            address = colon < 0
                    ? new InetSocketAddress(host, 27017)
                    : new InetSocketAddress(host.substring(0, colon), Integer.parseInt(host.substring(colon + 1)));
        }
        client = MongoClients.create("mongodb://" + address.getHostString() + ":" + address.getPort());
        client.getDatabase(name).drop();
        client.getDatabase(name).getCollection("Customers").insertMany(Fixtures.customers());
        client.getDatabase(name).getCollection("PbxDialplans").insertMany(Fixtures.items());
    }

    InetSocketAddress address() {
        return address;
    }

    String name() {
        return name;
    }

    /** Stores a dialplan item. */
    void put(BsonDocument item) {
        client.getDatabase(name)
                .getCollection("PbxDialplans", BsonDocument.class)
                .insertOne(item);
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
