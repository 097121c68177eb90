package dk.telecomx.pbx.batching;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.Vertx;
import jakarta.inject.Provider;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Limits under which look-ups could never end stop the start. */
class BatchLoadersTest {

    private static final Duration MS = Duration.ofMillis(1);
    private static final Duration NONE = Duration.ZERO;
    private static final Provider<ReactiveMongoClient> NO_CLIENT = () -> {
        throw new IllegalStateException("nothing is looked up here");
    };

    @Test
    void startsWithTheStandardLimits() {
        assertThatCode(() -> check(Limits.STANDARD)).doesNotThrowAnyException();
    }

    static Stream<Arguments> impossible() {
        Duration second = Duration.ofSeconds(1);
        return Stream.of(
                Arguments.of("no query", "max-queries", new Limits(0, 1, 1, 1, 1, MS, second)),
                Arguments.of("no id", "max-joined-ids", new Limits(1, 0, 1, 1, 1, MS, second)),
                Arguments.of("all alone", "alone-above", new Limits(1, 1, 0, 1, 1, MS, second)),
                Arguments.of("no queue", "max-waiting", new Limits(1, 1, 1, 0, 1, MS, second)),
                Arguments.of("no id in the queue", "max-waiting-ids", new Limits(1, 1, 1, 1, 0, MS, second)),
                Arguments.of("no patience", "patience", new Limits(1, 1, 1, 1, 1, NONE, second)),
                Arguments.of("patience to the end", "time-limit", new Limits(1, 1, 1, 1, 1, second, second)),
                Arguments.of(
                        "patience to the end, but for less than a timer can tell",
                        "time-limit",
                        new Limits(1, 1, 1, 1, 1, Duration.ofNanos(5_500_000), Duration.ofMillis(6))),
                Arguments.of("patience beyond the end", "time-limit", new Limits(1, 1, 1, 1, 1, second, MS)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("impossible")
    void doesNotStartWith(String what, String setting, Limits limits) {
        assertThatThrownBy(() -> check(limits))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("pbx.lookup." + setting);
    }

    private static void check(Limits limits) {
        Vertx vertx = Vertx.vertx();
        try {
            new BatchLoaders(NO_CLIENT, limits, vertx, new SimpleMeterRegistry(), OpenTelemetry.noop(), true)
                    .check(new StartupEvent());
        } finally {
            vertx.close();
        }
    }
}
