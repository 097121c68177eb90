package dk.telecomx.pbx.health;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Shows in the metrics which version runs, so that a graph can tell a rollout from an incident; {@code /q/info} has it too. */
@Singleton
class BuildInfoMetric {

    private final MeterRegistry metrics;
    private final String version;

    BuildInfoMetric(MeterRegistry metrics, @ConfigProperty(name = "quarkus.application.version") String version) {
        this.metrics = metrics;
        this.version = version;
    }

    void show(@Observes StartupEvent start) {
        Gauge.builder("pbx.build.info", () -> 1)
                .description("Always 1; the label says which version runs")
                .tag("version", version)
                .register(metrics);
    }
}
