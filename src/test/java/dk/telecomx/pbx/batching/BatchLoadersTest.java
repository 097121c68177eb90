package dk.telecomx.pbx.batching;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Limits under which look-ups could never end stop the start. */
class BatchLoadersTest {

    @Test
    void startsWithTheStandardLimits() {
        assertThatCode(() -> check(Limits.STANDARD)).doesNotThrowAnyException();
    }

    static Stream<Arguments> impossible() {
        Duration second = Duration.ofSeconds(1);
        return Stream.of(
                Arguments.of("no query", "PBX_LOOKUP_MAX_QUERIES", limits(0, 1, second)),
                Arguments.of("no queue", "PBX_LOOKUP_MAX_PENDING", limits(1, 0, second)),
                Arguments.of("no time", "PBX_LOOKUP_TIME_LIMIT", limits(1, 1, Duration.ZERO)),
                Arguments.of(
                        "the batch window as time limit", "PBX_LOOKUP_TIME_LIMIT", limits(1, 1, Duration.ofMillis(5))));
    }

    private static Limits limits(int maxQueries, int maxPending, Duration timeLimit) {
        return new Limits(maxQueries, maxPending, timeLimit, BatchTuning.STANDARD);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("impossible")
    void doesNotStartWith(String what, String setting, Limits limits) {
        assertThatThrownBy(() -> check(limits))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(setting);
    }

    private static void check(Limits limits) {
        Vertx vertx = Vertx.vertx();
        try {
            new BatchLoaders(limits, vertx, new SimpleMeterRegistry(), OpenTelemetry.noop(), true)
                    .check(new StartupEvent());
        } finally {
            vertx.close();
        }
    }
}
