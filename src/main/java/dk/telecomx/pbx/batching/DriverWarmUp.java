package dk.telecomx.pbx.batching;

import io.quarkus.runtime.ImageMode;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Asks the database for nothing, over and over, once the service has started: a query serves many look-ups, so that of all code
 * the driver's would be compiled last, and the first minutes' reads would pay for it.
 *
 * <p>One query at a time, each once the last is answered, so that none is in a caller's way. The first failure ends it.
 */
@Singleton
class DriverWarmUp {

    private static final Logger LOG = Logger.getLogger(DriverWarmUp.class);

    /** The start itself is not to wait for a processor. */
    private static final Duration UNTIL_STARTED = Duration.ofSeconds(1);

    private final BatchLoaders lookups;
    private final int rounds;

    /** @param rounds how many times each collection is asked; an executable, which has nothing to compile, asks none */
    DriverWarmUp(BatchLoaders lookups, @ConfigProperty(name = "pbx.warm-up.rounds") int rounds) {
        this.lookups = lookups;
        this.rounds = ImageMode.current() == ImageMode.JVM ? rounds : 0;
    }

    void begin(@Observes StartupEvent start) {
        var unused = Uni.createFrom()
                .voidItem()
                .onItem()
                .delayIt()
                .by(UNTIL_STARTED)
                .chain(this::ask)
                .subscribe()
                .with(warm -> LOG.debugf("asked %d times", rounds), failure -> LOG.debugf("not warm: %s", failure));
    }

    /** Ends with the last answer; fails as the first that failed. */
    Uni<Void> ask() {
        return Multi.createFrom()
                .range(0, Math.max(0, rounds))
                .onItem()
                .transformToMultiAndConcatenate(round -> lookups.askForNothing())
                .onItem()
                .ignoreAsUni();
    }
}
