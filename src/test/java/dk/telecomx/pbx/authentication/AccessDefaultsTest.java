package dk.telecomx.pbx.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import dk.telecomx.pbx.Defaults;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How fresh keys and callers are where an operator sets nothing. */
class AccessDefaultsTest {

    private static final Duration NEW_KEY = Duration.ofSeconds(60);
    private static final Duration HOST_AWAY = Duration.ofHours(1);

    private final Duration refresh = defaultOf(JwksProvider.class, "pbx.keys.refresh");
    private final Duration timeLimit = defaultOf(JwksClient.class, "pbx.keys.time-limit");

    /** The key is published just after a fetch, and the next one fails as slowly as it can: connecting and reading have a limit each. */
    @Test
    void acceptANewKeyWithinAMinuteThoughAFetchFails() {
        Duration fetch = timeLimit.multipliedBy(2);

        assertThat(refresh.plus(fetch).plus(Duration.ofSeconds(5)).plus(fetch)).isLessThanOrEqualTo(NEW_KEY);
    }

    @Test
    void trustNoKeyForMoreThanAnHourAfterItsHostWasLastSeen() {
        assertThat(defaultOf(JwksProvider.class, "pbx.keys.max-age")).isLessThanOrEqualTo(HOST_AWAY);
    }

    @Test
    void areThoseOfTheDocumentation() {
        assertThat(refresh).isEqualTo(Duration.ofSeconds(30));
        assertThat(timeLimit).isEqualTo(Duration.ofSeconds(5));
        assertThat(defaultOf(BearerAuthenticator.class, "pbx.token-cache.ttl")).isEqualTo(Duration.ofSeconds(60));
    }

    private static Duration defaultOf(Class<?> bean, String property) {
        return Defaults.of(bean, property, Duration.class);
    }
}
