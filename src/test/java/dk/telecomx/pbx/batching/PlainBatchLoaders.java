package dk.telecomx.pbx.batching;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.vertx.core.Vertx;
import java.time.Duration;

/** Lookups with the limits of production, but for a long time limit, and no framework around them, for tests of what stands on them. */
public final class PlainBatchLoaders {

    private static final Duration TIME_LIMIT = Duration.ofSeconds(30);

    private PlainBatchLoaders() {}

    public static BatchLoaders on(Vertx vertx, MeterRegistry metrics) {
        return new BatchLoaders(4, TIME_LIMIT, vertx, metrics, OpenTelemetry.noop(), true);
    }
}
