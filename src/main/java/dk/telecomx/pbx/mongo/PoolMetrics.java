package dk.telecomx.pbx.mongo;

import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The driver labels its pool's metrics with an id that is new at each start; without it a restarted pod goes on with the same series. */
class PoolMetrics {

    @Produces
    @Singleton
    static MeterFilter withoutClusterId() {
        return MeterFilter.ignoreTags("cluster.id");
    }
}
