package dk.telecomx.pbx.batching;

import static org.assertj.core.api.Assertions.assertThat;

import dk.telecomx.pbx.Defaults;
import io.smallrye.config.ConfigMapping;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** How look-ups are limited where an operator sets nothing. */
class BatchDefaultsTest {

    @ConfigMapping(prefix = "pbx.lookup")
    interface Lookup {
        Duration timeLimit();
    }

    @Test
    void areThoseOfTheDocumentation() {
        assertThat(BatchLoaders.class.getDeclaredConstructors()[0].getParameters())
                .extracting(parameter -> parameter.getAnnotation(ConfigProperty.class))
                .filteredOn(setting -> setting != null && setting.name().equals("pbx.lookup.max-queries"))
                .extracting(ConfigProperty::defaultValue)
                .containsExactly("4");
        assertThat(Defaults.of(Lookup.class).timeLimit()).isEqualTo(Duration.ofMillis(2_500));
    }
}
