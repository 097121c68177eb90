package dk.telecomx.pbx.health;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.info.BuildInfo;
import io.quarkus.info.GitInfo;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;

/** Shows which build runs, so that a graph can tell a rollout from an incident; {@code /q/info} says the same. */
@Singleton
class BuildInfoMetric {

    /** @param git absent if the sources were not in a repository when they were built */
    void show(@Observes StartupEvent start, MeterRegistry metrics, BuildInfo build, Instance<GitInfo> git) {
        Gauge.builder("pbx.build.info", () -> 1)
                .description("Always 1; the labels say which version and which commit run")
                .tag("version", build.version())
                .tag("revision", git.isResolvable() ? git.get().latestCommitId() : "unknown")
                .register(metrics);
    }
}
