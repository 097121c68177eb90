package dk.telecomx.pbx.batching;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The limits of the look-ups in one collection (dialplan items, customers). */
@ConfigMapping(prefix = "pbx.lookup")
public interface BatchLimits {

    /** How many queries may be in flight at once. */
    @WithDefault("4")
    int maxQueries();

    /** How many ids look-ups may share one query with. A single look-up is never split, whatever its size. */
    @WithDefault("1000")
    int maxJoinedIds();

    /** A look-up of more ids than this has a query of its own. */
    @WithDefault("500")
    int aloneAbove();

    /** How many look-ups may wait for a query; one more is refused as overload. */
    @WithDefault("10000")
    int maxWaiting();

    /** How many ids those may want together, some 80 bytes each; once there are as many, one more look-up is refused as overload. */
    @WithDefault("500000")
    int maxWaitingIds();

    /** How long a query in flight holds back the next one, so that look-ups gather. Also what a hung query costs the others, once. */
    @WithDefault("5ms")
    Duration patience();

    /** How long a query may take before its look-ups fail. */
    Duration timeLimit();
}
