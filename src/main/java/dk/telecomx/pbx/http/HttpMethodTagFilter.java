package dk.telecomx.pbx.http;

import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Counts methods that somebody made up as one: else each would be a series of its own in the metrics, and anybody may ask. */
class HttpMethodTagFilter {

    private static final String[] KNOWN = {
        "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"
    };

    @Produces
    @Singleton
    MeterFilter others() {
        return MeterFilter.replaceTagValues("method", method -> "other", KNOWN);
    }
}
