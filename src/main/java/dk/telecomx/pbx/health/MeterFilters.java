package dk.telecomx.pbx.health;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.stream.DoubleStream;

/** What the framework's meters, and our timers, have beside their own settings. */
class MeterFilters {

    private static final String[] METHODS = {
        "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"
    };

    private static final DistributionStatisticConfig BUCKETS = DistributionStatisticConfig.builder()
            .serviceLevelObjectives(DoubleStream.of(5, 10, 25, 50, 100, 250, 500, 1000, 2500, 3000)
                    .map(millis -> millis * Duration.ofMillis(1).toNanos())
                    .toArray())
            .build();

    /** Counts methods that somebody made up as one: else each would be a series of its own in the metrics, and anybody may ask. */
    @Produces
    @Singleton
    MeterFilter knownMethods() {
        return MeterFilter.replaceTagValues("method", method -> "other", METHODS);
    }

    /**
     * Gives requests to the API, queries to the database and the delay of event loops a histogram: 5 ms to 3 s, the longest that a request
     * may take. docs/slo.md counts what is within 100 ms, so 0.1 must stay one of the buckets.
     */
    @Produces
    @Singleton
    MeterFilter latencyBuckets() {
        return new MeterFilter() {
            @Override
            public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
                boolean isMeasured =
                        switch (id.getName()) {
                            case "http.server.requests" -> "/pbx/group/{id}".equals(id.getTag("uri"));
                            case "pbx.lookup.query.duration", "pbx.event.loop.delay" -> true;
                            default -> false;
                        };
                return isMeasured ? BUCKETS.merge(config) : config;
            }
        };
    }
}
