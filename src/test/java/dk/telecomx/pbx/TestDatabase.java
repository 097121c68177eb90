package dk.telecomx.pbx;

import static java.util.Map.entry;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The service's database in tests. */
public final class TestDatabase implements QuarkusTestResourceLifecycleManager {

    private @Nullable FixtureDatabase database;

    @Override
    public Map<String, String> start() {
        FixtureDatabase started = new FixtureDatabase();
        database = started;
        Database.use(started.connection(), started.name());
        return Map.ofEntries(
                entry("quarkus.mongodb.connection-string", elsewhere(started.connection())),
                entry("quarkus.mongodb.database", started.name()),
                entry("quarkus.http.host", "127.0.0.1"),
                entry("quarkus.management.host", "127.0.0.1"),
                // The packaged service knows no test port: several runs on one machine would meet at 9000.
                entry("quarkus.management.port", "0"),
                // The end is GracefulEndIT's subject; each of the others would wait for it.
                entry("quarkus.shutdown.delay", "0S"),
                // Time limits are the subject of the tests of faults. Beside other work, on a slow database, they would
                // fail the others.
                entry("pbx.requests.time-limit", "30S"),
                entry("quarkus.shutdown.timeout", "30S"),
                entry("pbx.lookup.time-limit", "25S"),
                entry("quarkus.mongodb.read-timeout", "10S"),
                entry("quarkus.mongodb.server-selection-timeout", "10S"));
    }

    /** Wants reads to go elsewhere than to the primary, and to see only what a majority has; the service does neither. */
    private static String elsewhere(String connection) {
        return connection + (connection.contains("?") ? "&" : connection.endsWith("/") ? "?" : "/?")
                + "readConcernLevel=majority&readPreference=secondary";
    }

    @Override
    public void stop() {
        Database.close();
        if (database != null) {
            database.close();
        }
    }
}
