package dk.telecomx.pbx.demo;

import com.mongodb.MongoClientSettings;
import com.mongodb.ServerAddress;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.mongodb.runtime.MongoClientCustomizer;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** A MongoDB-compatible server within the process, on a free port, unless a connection string names another. */
@ApplicationScoped
@IfBuildProfile("dev")
class EmbeddedDatabase implements MongoClientCustomizer {

    /** The connection string of dev mode's configuration, which names no real host. */
    private static final String PLACEHOLDER = "mongodb://embedded";

    private static final String HOST = "127.0.0.1";

    /** Names the port of the running server. A system property, since a live reload replaces our classes, statics included. */
    private static final String PORT = EmbeddedDatabase.class.getName() + ".port";

    private final boolean wanted;
    private int port;

    EmbeddedDatabase(@ConfigProperty(name = "quarkus.mongodb.connection-string") String connectionString) {
        wanted = connectionString.equals(PLACEHOLDER);
    }

    boolean isWanted() {
        return wanted;
    }

    String connectionString() {
        return "mongodb://" + HOST + ":" + port;
    }

    /** Starts the server, or finds the one that runs since before a live reload. It ends with the process. */
    @PostConstruct
    void start() {
        if (!wanted) {
            return;
        }
        port = Integer.getInteger(PORT, 0);
        if (port == 0) {
            MongoServer server = new MongoServer(new MemoryBackend());
            server.bind(HOST, 0);
            port = server.getLocalAddress().getPort();
            System.setProperty(PORT, String.valueOf(port));
        }
    }

    @Override
    public MongoClientSettings.Builder customize(MongoClientSettings.Builder settings) {
        return wanted
                ? settings.applyToClusterSettings(cluster -> cluster.hosts(List.of(new ServerAddress(HOST, port))))
                : settings;
    }
}
