package dk.telecomx.pbx;

import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.bson.BsonDocument;

/** Sees what the service under test sends to its database; Quarkus finds it by its type. */
public final class Commands implements CommandListener {

    private static final Set<String> HOUSEKEEPING =
            Set.of("hello", "ismaster", "ping", "buildinfo", "endsessions", "saslstart", "saslcontinue");
    private static final Queue<BsonDocument> SENT = new ConcurrentLinkedQueue<>();

    @Override
    public void commandStarted(CommandStartedEvent event) {
        if (!HOUSEKEEPING.contains(event.getCommandName().toLowerCase(Locale.ROOT))
                && event.getDatabaseName().equals(Database.name())) {
            SENT.add(event.getCommand().clone());
        }
    }

    /** Those sent while that is done, which no other request may disturb. */
    public static List<BsonDocument> during(Runnable work) {
        SENT.clear();
        work.run();
        return List.copyOf(SENT);
    }
}
