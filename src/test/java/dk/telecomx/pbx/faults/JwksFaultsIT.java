package dk.telecomx.pbx.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dk.telecomx.pbx.Await;
import dk.telecomx.pbx.FixtureDatabase;
import dk.telecomx.pbx.Fixtures;
import dk.telecomx.pbx.Keys;
import dk.telecomx.pbx.TestIssuer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Keys behind a URL: they come, they go, and their host is away or worse. The service asks every second here; by default it is 30. */
@Tag("faults")
class JwksFaultsIT {

    private static final Duration REFRESHED = Duration.ofSeconds(10);
    private static final byte[] SECRET =
            "a secret that somebody published in a key set".getBytes(StandardCharsets.UTF_8);

    private static final Keys FIRST = Keys.rsa("first");
    private static final Keys SECOND = Keys.rsa("second");
    private static final Keys UNKNOWN = Keys.rsa("unknown");
    private static final Keys WEAK = Keys.rsa("weak", 1024);

    private static FixtureDatabase database;
    private static HttpServer host;
    private static PackagedService service;

    private static final AtomicInteger fetches = new AtomicInteger();
    private static final CountDownLatch never = new CountDownLatch(1);
    private static volatile Answer answer = exchange -> answerWith(exchange, Keys.jwks(FIRST));

    @FunctionalInterface
    private interface Answer {
        void to(HttpExchange exchange) throws IOException, InterruptedException;
    }

    @BeforeAll
    static void start() throws Exception {
        database = new FixtureDatabase();
        host = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        host.setExecutor(Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "key-host");
            thread.setDaemon(true);
            return thread;
        }));
        host.createContext("/keys", exchange -> {
            fetches.incrementAndGet();
            try {
                answer.to(exchange);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            } finally {
                exchange.close();
            }
        });
        host.start();
        Map<String, String> settings = PackagedService.settings(
                database.address().getPort(),
                database.name(),
                "http://127.0.0.1:" + host.getAddress().getPort() + "/keys");
        settings.put("PBX_KEYS_REFRESH", "1s");
        settings.put("PBX_KEYS_TIME_LIMIT", "1s");
        service = PackagedService.start("keys", settings);
    }

    @AfterAll
    static void stop() {
        service.close();
        host.stop(0);
        never.countDown();
        database.close();
    }

    @BeforeEach
    void knowsTheFirstKey() throws Exception {
        publish(FIRST.jwk());
        Await.until(
                "the first key alone", REFRESHED.multipliedBy(3), () -> status(FIRST) == 200 && status(SECOND) == 401);
    }

    @Test
    void acceptsANewKeyAndRefusesARemovedOneThoughItsTokenIsRemembered() throws Exception {
        String token = FIRST.admin();
        assertThat(service.group(Fixtures.CROWD, token).statusCode()).isEqualTo(200);

        publish(FIRST.jwk(), SECOND.jwk());
        Await.until("the new key", REFRESHED, () -> status(SECOND) == 200);
        assertThat(service.group(Fixtures.CROWD, token).statusCode()).isEqualTo(200);

        publish(SECOND.jwk());
        Await.until(
                "the removed key is refused",
                REFRESHED,
                () -> service.group(Fixtures.CROWD, token).statusCode() == 401);
    }

    @Test
    void keepsItsKeysWhileTheirHostIsAwayHangsOrTalksNonsense() throws Exception {
        List<Answer> faults = List.of(
                exchange -> exchange.sendResponseHeaders(500, -1),
                exchange -> answerWith(exchange, "<html>maintenance</html>"),
                exchange -> answerWith(exchange, "{\"keys\":\"none\"}"),
                HttpExchange::close,
                exchange -> never.await(),
                exchange -> {
                    exchange.sendResponseHeaders(200, 1000);
                    exchange.getResponseBody().write('{');
                    exchange.getResponseBody().flush();
                    never.await();
                });
        for (Answer fault : faults) {
            int before = fetches.get();
            answer = fault;
            Await.until("asked twice again", REFRESHED.multipliedBy(2), () -> fetches.get() >= before + 2);
            assertThat(status(FIRST)).isEqualTo(200);
            assertThat(status(UNKNOWN)).isEqualTo(401);
            assertThat(service.health("live").statusCode()).isEqualTo(200);
        }
        publish(SECOND.jwk());
        Await.until("the key set is read again", REFRESHED, () -> status(SECOND) == 200);
    }

    @Test
    void saysWhyItIsNotReadyWithOneLineForEachChange() throws Exception {
        Await.until("ready", REFRESHED, () -> service.health("ready").statusCode() == 200);
        long before = service.log().lines().count();
        publish();
        Await.until("not ready", REFRESHED, () -> service.health("ready").statusCode() == 503);
        assertThat(service.health("ready").statusCode()).isEqualTo(503);
        publish(FIRST.jwk());
        Await.until("ready again", REFRESHED, () -> service.health("ready").statusCode() == 200);

        List<String> changes = service.changesOfReadinessBehind(before);
        assertThat(changes).hasSize(2);
        assertThat(changes.get(0)).contains("WARN", "not ready: none of the fetched keys can be used");
        assertThat(changes.get(1)).contains("INFO", "ready: there are keys to verify tokens with");
    }

    @Test
    void neverUsesAPublishedSecretNorAWeakKey() throws Exception {
        String secret = "{\"kty\":\"oct\",\"kid\":\"secret\",\"k\":\""
                + Base64.getUrlEncoder().withoutPadding().encodeToString(SECRET) + "\"}";
        publish(FIRST.jwk(), secret, WEAK.jwk(), SECOND.jwk());
        Await.until("the key set is read", REFRESHED, () -> status(SECOND) == 200);

        assertThat(service.group(Fixtures.CROWD, signedWithTheSecret()).statusCode())
                .isEqualTo(401);
        assertThat(status(WEAK)).isEqualTo(401);
    }

    @Test
    void isNotMadeToFetchByTokensOfUnknownKeys() {
        long start = System.nanoTime();
        int before = fetches.get();
        for (int i = 0; i < 100; i++) {
            String kid = "made up " + i;
            assertThat(service.group(Fixtures.CROWD, UNKNOWN.token(Map.of("groups", List.of("ADMIN")), kid))
                            .statusCode())
                    .isEqualTo(401);
        }
        long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
        assertThat(fetches.get() - before).isLessThanOrEqualTo((int) seconds + 2);
    }

    private static int status(Keys keys) {
        return service.group(Fixtures.CROWD, keys.admin()).statusCode();
    }

    private static void publish(String... keys) {
        String set = Keys.jwks(List.of(keys));
        answer = exchange -> answerWith(exchange, set);
    }

    private static void answerWith(HttpExchange exchange, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static String signedWithTheSecret() throws JoseException {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(
                "{\"iss\":\"" + TestIssuer.NAME + "\",\"sub\":\"x\",\"groups\":[\"ADMIN\"],\"exp\":4102444800}");
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
        signature.setKey(new HmacKey(SECRET));
        signature.setKeyIdHeaderValue("secret");
        return signature.getCompactSerialization();
    }
}
