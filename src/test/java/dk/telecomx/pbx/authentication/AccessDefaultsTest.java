package dk.telecomx.pbx.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.configuration.DurationConverter;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.lang.reflect.Parameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** How fresh keys and callers are where an operator sets nothing. */
class AccessDefaultsTest {

    private static final Duration NEW_KEY = Duration.ofSeconds(60);
    private static final Duration HOST_AWAY = Duration.ofHours(1);

    private final Duration refresh = configured("pbx.keys.refresh");
    private final Duration timeLimit = defaultOf(JwksClient.class, "pbx.keys.time-limit");

    /** The key is published just after a fetch, and the next one fails as slowly as it can: connecting and reading have a limit each. */
    @Test
    void acceptANewKeyWithinAMinuteThoughAFetchFails() {
        Duration fetch = timeLimit.multipliedBy(2);

        assertThat(refresh.plus(fetch).plus(Duration.ofSeconds(5)).plus(fetch)).isLessThanOrEqualTo(NEW_KEY);
    }

    @Test
    void trustNoKeyForMoreThanAnHourAfterItsHostWasLastSeen() {
        assertThat(configured("pbx.keys.max-age")).isLessThanOrEqualTo(HOST_AWAY);
    }

    @Test
    void areThoseOfTheDocumentation() {
        assertThat(refresh).isEqualTo(Duration.ofSeconds(30));
        assertThat(timeLimit).isEqualTo(Duration.ofSeconds(5));
        assertThat(defaultOf(BearerAuthenticator.class, "pbx.token-cache.ttl")).isEqualTo(Duration.ofSeconds(60));
    }

    private static Duration configured(String property) {
        Properties configuration = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of("src/main/resources/application.properties"))) {
            configuration.load(reader);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return DurationConverter.parseDuration(configuration.getProperty(property));
    }

    private static Duration defaultOf(Class<?> bean, String property) {
        String value = Stream.of(bean.getDeclaredConstructors()[0].getParameters())
                .map((Parameter parameter) -> parameter.getAnnotation(ConfigProperty.class))
                .filter(Objects::nonNull)
                .filter(setting -> setting.name().equals(property))
                .map(ConfigProperty::defaultValue)
                .findFirst()
                .orElseThrow();
        return DurationConverter.parseDuration(value);
    }
}
