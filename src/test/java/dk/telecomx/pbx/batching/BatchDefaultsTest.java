package dk.telecomx.pbx.batching;

import static org.assertj.core.api.Assertions.assertThat;

import dk.telecomx.pbx.Defaults;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How look-ups are limited where an operator sets nothing. */
class BatchDefaultsTest {

    @Test
    void areThoseOfTheDocumentation() {
        BatchLimits limits = Defaults.of(BatchLimits.class);

        assertThat(limits.maxQueries()).isEqualTo(4);
        assertThat(limits.timeLimit()).isEqualTo(Duration.ofMillis(2_500));
    }
}
