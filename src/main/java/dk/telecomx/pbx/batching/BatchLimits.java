package dk.telecomx.pbx.batching;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The limits of the look-ups of one kind (dialplan items, customers). */
@ConfigMapping(prefix = "pbx.lookup")
public interface BatchLimits {

    /** How many queries may be in flight at once. */
    @WithDefault("4")
    int maxQueries();

    /** How many look-ups may wait for a query; one more is refused as overload. */
    @WithDefault("10000")
    int maxPending();

    /** How long a query may take before its look-ups fail. */
    Duration timeLimit();
}
