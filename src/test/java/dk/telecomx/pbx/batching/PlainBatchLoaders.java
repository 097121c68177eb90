package dk.telecomx.pbx.batching;

import dk.telecomx.pbx.Defaults;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.vertx.core.Vertx;

/** Look-ups with the limits of production and no framework around them, for tests of what stands on them. */
public final class PlainBatchLoaders {

    private PlainBatchLoaders() {}

    public static BatchLoaders on(Vertx vertx, MeterRegistry metrics) {
        return new BatchLoaders(Defaults.of(BatchLimits.class), vertx, metrics, OpenTelemetry.noop(), true);
    }
}
