package dk.telecomx.pbx.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dk.telecomx.pbx.Await;
import dk.telecomx.pbx.FixtureDatabase;
import dk.telecomx.pbx.Fixtures;
import dk.telecomx.pbx.KeyHost;
import dk.telecomx.pbx.Keys;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Keys behind a URL, as the packaged service fetches them: every second here; by default it is 30. What a host does besides is JwksByUrlTest's. */
@Tag("faults")
class JwksFaultsIT {

    private static final Duration REFRESHED = Duration.ofSeconds(10);
    private static final Keys FIRST = Keys.rsa("first");
    private static final Keys SECOND = Keys.rsa("second");

    private static FixtureDatabase database;
    private static KeyHost host;
    private static PackagedService service;

    @BeforeAll
    static void start() throws Exception {
        database = new FixtureDatabase();
        host = new KeyHost(FIRST);
        Map<String, String> settings =
                PackagedService.settings(database.address().getPort(), database.name(), host.url());
        settings.put("PBX_KEYS_REFRESH", "1s");
        settings.put("PBX_KEYS_TIME_LIMIT", "1s");
        service = PackagedService.start("keys", settings);
    }

    @AfterAll
    static void stop() {
        service.close();
        host.close();
        database.close();
    }

    @Test
    void acceptsANewKeyAndRefusesARemovedOneThoughItsTokenIsRemembered() {
        host.serves(FIRST);
        String token = FIRST.admin();
        Await.until("the first key", REFRESHED.multipliedBy(3), () -> status(token) == 200);
        assertThat(status(SECOND.admin())).isEqualTo(401);

        host.serves(FIRST, SECOND);
        Await.until("the new key", REFRESHED, () -> status(SECOND.admin()) == 200);
        assertThat(status(token)).isEqualTo(200);

        host.serves(SECOND);
        Await.until("the removed key is refused", REFRESHED, () -> status(token) == 401);

        int fetches = host.fetches();
        host.is(KeyHost.Manner.HUNG);
        Await.until("asked twice again", REFRESHED, () -> host.fetches() >= fetches + 2);
        assertThat(status(SECOND.admin())).isEqualTo(200);
        host.is(KeyHost.Manner.WHOLE);
    }

    @Test
    void saysWhyItIsNotReadyWithOneLineForEachChange() {
        host.serves(FIRST);
        Await.until(
                "ready",
                REFRESHED.multipliedBy(3),
                () -> service.health("ready").statusCode() == 200);
        long before = service.log().lines().count();
        host.serves();
        Await.until("not ready", REFRESHED, () -> service.health("ready").statusCode() == 503);
        assertThat(service.health("ready").statusCode()).isEqualTo(503);
        host.serves(FIRST);
        Await.until("ready again", REFRESHED, () -> service.health("ready").statusCode() == 200);

        List<String> changes = service.changesOfReadinessBehind(before);
        assertThat(changes).hasSize(2);
        assertThat(changes.get(0)).contains("WARN", "not ready: none of the fetched keys can be used");
        assertThat(changes.get(1)).contains("INFO", "ready: there are keys to verify tokens with");
    }

    private static int status(String token) {
        return service.group(Fixtures.CROWD, token).statusCode();
    }
}
