package dk.telecomx.pbx.group;

import dk.telecomx.pbx.authentication.AccessLevel;
import dk.telecomx.pbx.authentication.Caller;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import org.bson.types.ObjectId;
import org.jboss.logging.Logger;

/**
 * Reads a group that nobody has, before anybody can ask: what a first read loads and connects is then there, and no caller's time is
 * spent on it. Where the database is away the service starts all the same.
 */
@Singleton
class WarmUp {

    private static final Logger LOG = Logger.getLogger(WarmUp.class);
    private static final Duration TIME_LIMIT = Duration.ofSeconds(1);

    private final GroupReader reader;

    WarmUp(GroupReader reader) {
        this.reader = reader;
    }

    void read(@Observes StartupEvent start) {
        Caller nobody = new Caller(Set.of(AccessLevel.ADMIN), null, null);
        reader.read(new ObjectId(), nobody, new ExpandOptions(true, true))
                .ifNoItem()
                .after(TIME_LIMIT)
                .fail()
                .onFailure()
                .invoke(outcome -> LOG.debugf("warmed up: %s", outcome))
                .onItemOrFailure()
                .transform((view, outcome) -> start)
                .await()
                .indefinitely();
    }
}
