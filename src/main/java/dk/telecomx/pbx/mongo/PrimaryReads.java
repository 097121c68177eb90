package dk.telecomx.pbx.mongo;

import com.mongodb.MongoClientSettings;
import com.mongodb.ReadConcern;
import com.mongodb.connection.ClusterConnectionMode;
import io.quarkus.arc.profile.UnlessBuildProfile;
import io.quarkus.mongodb.runtime.MongoClientCustomizer;
import jakarta.inject.Singleton;

/**
 * Makes the driver discover the replica set behind a single host too. The driver takes such a host, or {@code directConnection=true}, for
 * a direct connection, and then reads from it even where it is a secondary.
 */
@Singleton
@UnlessBuildProfile("dev") // Quarkus allows one customizer, which there is the embedded database's
class PrimaryReads implements MongoClientCustomizer {

    @Override
    public MongoClientSettings.Builder customize(MongoClientSettings.Builder settings) {
        // Whatever the connection string says: a read concern could miss the last write, and a cut read has a retry.
        settings.readConcern(ReadConcern.DEFAULT).retryReads(true);
        ClusterConnectionMode mode = settings.build().getClusterSettings().getMode();
        return mode == ClusterConnectionMode.SINGLE
                ? settings.applyToClusterSettings(cluster -> cluster.mode(ClusterConnectionMode.MULTIPLE))
                : settings;
    }
}
