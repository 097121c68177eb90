package dk.telecomx.pbx.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dk.telecomx.pbx.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a client sees of a service that is told to end. (That no request is lost under load: src/test/container/run.) */
class GracefulEndIT {

    private static final Duration GONE = Duration.ofSeconds(25);

    @Test
    void servesOnAndEndsEachConnectionWithAnAnswer() throws Exception {
        Keys keys = Keys.named("end");
        try (Database database = new Database();
                PackagedService service = PackagedService.start("end", settings(database, keys));
                Socket kept = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
            String viewer = keys.viewerOf(Fixtures.NORTHERN_CUSTOMER);
            Await.until(
                    "a good answer",
                    Duration.ofSeconds(60),
                    () -> service.group(Fixtures.NORTHERN_GROUP, viewer).statusCode() == 200);
            assertThat(ask(kept, viewer)).startsWith("http/1.1 200").doesNotContain("connection: close");
            long told = System.nanoTime();
            service.terminate();
            Await.until("not ready", GONE, () -> service.health("ready").statusCode() == 503);

            assertThat(ask(kept, viewer)).startsWith("http/1.1 200").contains("connection: close");

            Await.until("gone", GONE.minusNanos(System.nanoTime() - told), service::isGone);
        }
    }

    private static Map<String, String> settings(Database database, Keys keys) {
        Map<String, String> settings =
                PackagedService.settings(database.address().getPort(), database.name(), keys.jwk());
        settings.put("QUARKUS_SHUTDOWN_DELAY", "5S");
        return settings;
    }

    private static String ask(Socket connection, String token) throws IOException {
        connection
                .getOutputStream()
                .write(("GET /pbx/group/" + Fixtures.NORTHERN_GROUP + " HTTP/1.1\r\nHost: pbx\r\nAuthorization: Bearer "
                                + token + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return RawHttp.answer(connection).toLowerCase(Locale.ROOT);
    }
}
