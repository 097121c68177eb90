package dk.telecomx.pbx.demo;

import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.HttpServer;
import io.quarkus.vertx.http.HttpServerStart;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logmanager.ExtLogRecord;

/** Starts dev mode: loads the demo data, and says on the console where the page is and who the demo callers are. */
@ApplicationScoped
@IfBuildProfile("dev")
class Introduction {

    private static final String PORT_ADVICE =
            " Choose another one: QUARKUS_HTTP_PORT=8081 QUARKUS_MANAGEMENT_PORT=9001 ./mvnw quarkus:dev";

    private final EmbeddedDatabase database;
    private final DemoData data;
    private final DemoCallers callers;
    private final HttpServer server;
    private final boolean load;

    Introduction(
            EmbeddedDatabase database,
            DemoData data,
            DemoCallers callers,
            HttpServer server,
            @ConfigProperty(name = "pbx.demo.load") boolean load) {
        this.database = database;
        this.data = data;
        this.callers = callers;
        this.server = server;
        this.load = load;
    }

    /** Adds what to do to the framework's line on a port that is in use; before the server listens. */
    void advise(@Observes StartupEvent start) {
        Logger.getLogger("io.quarkus.runtime.Application").setFilter(logged -> {
            if (logged instanceof ExtLogRecord line && line.getMessage().startsWith("Port ")) {
                line.setMessage(line.getMessage() + PORT_ADVICE, line.getFormatStyle());
            }
            return true;
        });
    }

    /** A live reload leaves the embedded database as it is. */
    void loadData(@Observes StartupEvent start) {
        if (load || (database.isWanted() && !data.isLoaded())) {
            data.load();
        }
    }

    /** Once the server listens: not before is a port known that was left to the system. */
    void introduce(@ObservesAsync HttpServerStart start) {
        // In one piece: the log of other threads does not get between, and dev mode's console breaks lines printed in
        // parts.
        System.out.println(String.join("\n", lines("localhost:" + server.getPort())));
    }

    private List<String> lines(String address) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("  Open      http://" + address + "/");
        if (database.isWanted()) {
            lines.add("  Database  " + database.connectionString() + "  (embedded, with demo data)");
        }
        if (!callers.hasTokens()) {
            lines.add("  Tokens    none: a public key of yours is configured, so dev mode cannot sign");
            return lines;
        }
        lines.add("  Tokens    curl " + address + "/demo/callers  (valid for " + DemoCallers.TOKEN_LIFETIME.toHours()
                + " hours)");
        lines.add("  Ask       curl -s " + address + "/demo/callers/Vera | sh");
        lines.add("");
        callers.all()
                .forEach(caller -> lines.add("  %-8s %-15s %d  %s"
                        .formatted(
                                caller.getString("name"),
                                caller.getString("level"),
                                caller.getInteger("status"),
                                caller.getString("about"))));
        lines.add("");
        return lines;
    }
}
