package dk.telecomx.pbx.health;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** What changes about meters, the framework's and ours, before they are registered. */
class MeterFilters {

    private static final String[] METHODS = {
        "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"
    };

    /** In nanoseconds. docs/slo.md counts what is within 100 ms, so that must stay one of them. */
    private static final DistributionStatisticConfig BUCKETS = DistributionStatisticConfig.builder()
            .serviceLevelObjectives(5e6, 10e6, 25e6, 50e6, 100e6, 250e6, 500e6, 1e9, 2.5e9, 3e9)
            .build();

    /** Counts methods that somebody made up as one: else each would be a series of its own in the metrics, and anybody may ask. */
    @Produces
    @Singleton
    MeterFilter knownMethods() {
        return MeterFilter.replaceTagValues("method", method -> "other", METHODS);
    }

    /** Gives requests to the API, queries to the database and the delay of event loops a histogram, up to the longest that a request may take. */
    @Produces
    @Singleton
    MeterFilter latencyBuckets() {
        return new MeterFilter() {
            @Override
            public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
                String name = id.getName();
                boolean isApiRequest = name.equals("http.server.requests")
                        && String.valueOf(id.getTag("uri")).startsWith("/pbx/");
                boolean isOwnTimer = name.equals("pbx.lookup.query.duration") || name.equals("pbx.event.loop.delay");
                return isApiRequest || isOwnTimer ? BUCKETS.merge(config) : config;
            }
        };
    }
}
