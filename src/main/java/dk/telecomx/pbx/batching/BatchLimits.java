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

    /** How long a query may take, its retry included, before its look-ups fail. */
    Duration timeLimit();
}
