package dk.telecomx.pbx.batching;

import static org.assertj.core.api.Assertions.assertThat;

import dk.telecomx.pbx.Defaults;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How lookups are limited where an operator sets nothing. */
class BatchDefaultsTest {

    @Test
    void areThoseOfTheDocumentation() {
        assertThat(Defaults.of(BatchLoaders.class, "pbx.lookup.max-queries", Integer.class))
                .isEqualTo(4);
        assertThat(Defaults.of(BatchLoaders.class, "pbx.lookup.time-limit", Duration.class))
                .isEqualTo(Duration.ofMillis(2_500));
    }
}
