package dk.telecomx.pbx.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import dk.telecomx.pbx.Defaults;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** How fresh keys and callers are where an operator sets nothing. */
class AccessDefaultsTest {

    private static final Duration NEW_KEY = Duration.ofSeconds(60);
    private static final Duration HOST_AWAY = Duration.ofHours(1);

    private final JwksProvider.Freshness keys = Defaults.of(JwksProvider.Freshness.class);

    /** The key is published just after a fetch, and the next one fails as slowly as it can: connecting and reading have a limit each. */
    @Test
    void acceptANewKeyWithinAMinuteThoughAFetchFails() {
        Duration fetch = keys.timeLimit().multipliedBy(2);

        assertThat(keys.refresh().plus(fetch).plus(Duration.ofSeconds(5)).plus(fetch))
                .isLessThanOrEqualTo(NEW_KEY);
    }

    @Test
    void trustNoKeyForMoreThanAnHourAfterItsHostWasLastSeen() {
        assertThat(keys.maxAge()).isLessThanOrEqualTo(HOST_AWAY);
    }

    @Test
    void areThoseOfTheDocumentation() {
        assertThat(keys.refresh()).isEqualTo(Duration.ofSeconds(30));
        assertThat(keys.timeLimit()).isEqualTo(Duration.ofSeconds(5));
        assertThat(BearerAuthenticator.class.getDeclaredConstructors()[0].getParameters())
                .extracting(parameter -> parameter.getAnnotation(ConfigProperty.class))
                .filteredOn(setting -> setting != null && setting.name().equals("pbx.token-cache.ttl"))
                .extracting(ConfigProperty::defaultValue)
                .containsExactly("60s");
    }
}
