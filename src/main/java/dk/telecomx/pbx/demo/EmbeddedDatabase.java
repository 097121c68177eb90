package dk.telecomx.pbx.demo;

import com.mongodb.MongoClientSettings;
import com.mongodb.ServerAddress;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.mongodb.runtime.MongoClientCustomizer;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetSocketAddress;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** A MongoDB-compatible server within the process, on a free port, unless a connection string names another. */
@ApplicationScoped
@IfBuildProfile("dev")
class EmbeddedDatabase implements MongoClientCustomizer {

    /** The connection string of dev mode's configuration, which names no real host. */
    private static final String PLACEHOLDER = "mongodb://embedded";

    private final boolean wanted;
    private @Nullable MongoServer server;

    EmbeddedDatabase(@ConfigProperty(name = "quarkus.mongodb.connection-string") String connectionString) {
        wanted = connectionString.equals(PLACEHOLDER);
    }

    boolean isWanted() {
        return wanted;
    }

    @PostConstruct
    void start() {
        if (wanted) {
            server = new MongoServer(new MemoryBackend());
            server.bind();
        }
    }

    @Override
    public MongoClientSettings.Builder customize(MongoClientSettings.Builder settings) {
        if (server == null) {
            return settings;
        }
        InetSocketAddress address = server.getLocalAddress();
        List<ServerAddress> hosts = List.of(new ServerAddress(address.getAddress(), address.getPort()));
        return settings.applyToClusterSettings(cluster -> cluster.hosts(hosts));
    }

    @PreDestroy
    void stop() {
        if (server != null) {
            server.shutdownNow();
        }
    }
}
