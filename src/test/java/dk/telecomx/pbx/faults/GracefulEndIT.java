package dk.telecomx.pbx.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dk.telecomx.pbx.Await;
import dk.telecomx.pbx.FixtureDatabase;
import dk.telecomx.pbx.Fixtures;
import dk.telecomx.pbx.Keys;
import dk.telecomx.pbx.RawHttp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What a client sees of a service that is told to end. (That no request is lost under load: src/test/container/run.) */
@Tag("faults")
@Isolated("its load, and its limits of time")
class GracefulEndIT {

    private static final Duration GONE = Duration.ofSeconds(25);
    private static final Duration DELAY = Duration.ofSeconds(2);
    private static final int CALLERS = 16;
    private static final int CUT = 0;
    private static final long SECOND = 1_000_000_000L;

    /** When somebody asked and was answered, by the clock of System.nanoTime(), and the status of the answer. */
    private record Answered(long askedAt, long at, int status) {}

    @Test
    void servesOnAndEndsEachConnectionWithAnAnswer() throws Exception {
        Keys keys = Keys.rsa("end");
        try (FixtureDatabase database = new FixtureDatabase();
                PackagedService service =
                        PackagedService.start("end", settings(database, keys, DELAY.toSeconds() + "S"));
                Socket kept = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
            String viewer = keys.viewerOf(Fixtures.ACME);
            Await.until(
                    "a good answer",
                    Duration.ofSeconds(60),
                    () -> service.group(Fixtures.CROWD, viewer).statusCode() == 200);
            assertThat(ask(kept, viewer)).startsWith("http/1.1 200").doesNotContain("connection: close");
            long told = System.nanoTime();
            service.terminate();
            Await.until("not ready", GONE, () -> service.health("ready").statusCode() == 503);
            Await.until(
                    "the log says why", GONE, () -> service.log().contains("not ready: the service is shutting down"));

            assertThat(ask(kept, viewer)).startsWith("http/1.1 200").contains("connection: close");

            Await.until("gone", GONE.minusNanos(System.nanoTime() - told), service::isGone);
        }
    }

    /** They once kept the framework waiting up to its limit of 15 s, and then those in flight were cut off. */
    @Test
    void endsSoonUnderCallersWhoNeverPause() throws Exception {
        Keys keys = Keys.rsa("never-pause");
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        try (FixtureDatabase database = new FixtureDatabase();
                PackagedService service =
                        PackagedService.start("never-pause", settings(database, keys, DELAY.toSeconds() + "S"))) {
            String viewer = keys.viewerOf(Fixtures.ACME);
            Await.until(
                    "a good answer",
                    Duration.ofSeconds(60),
                    () -> service.group(Fixtures.CROWD, viewer).statusCode() == 200);
            Queue<Answered> answered = new ConcurrentLinkedQueue<>();
            for (int caller = 0; caller < CALLERS; caller++) {
                callers.execute(() -> askOn(service, viewer, answered));
            }
            Await.until("all callers ask", Duration.ofSeconds(20), () -> answered.size() > 20 * CALLERS);
            long told = System.nanoTime();
            service.terminate();

            Await.until("gone", DELAY.plusSeconds(10), service::isGone);

            long delayOver = told + DELAY.toNanos();
            assertThat(answered)
                    .filteredOn(one -> one.at < delayOver || one.askedAt < delayOver - SECOND)
                    .extracting(Answered::status)
                    .containsOnly(200);
            // Whether a 503 is seen depends on whether anything is in flight when the delay is over.
            assertThat(answered).extracting(Answered::status).isSubsetOf(200, 503, CUT);
        } finally {
            callers.shutdownNow();
        }
    }

    /** Asks on kept connections, and on new ones where an answer closes them, for as long as there is a service. */
    private static void askOn(PackagedService service, String token, Queue<Answered> answered) {
        while (!service.isGone() && !Thread.currentThread().isInterrupted()) {
            try (Socket connection = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
                connection.setSoTimeout(5_000);
                String answer = "";
                do {
                    long askedAt = System.nanoTime();
                    try {
                        answer = ask(connection, token);
                    } catch (IOException cut) {
                        answer = "";
                    }
                    List<Integer> status = RawHttp.statuses(answer.toUpperCase(Locale.ROOT));
                    answered.add(new Answered(askedAt, System.nanoTime(), status.isEmpty() ? CUT : status.get(0)));
                } while (!answer.isEmpty() && !answer.contains("connection: close"));
            } catch (IOException refused) {
                // A connection that is refused was never accepted.
            }
        }
    }

    private static Map<String, String> settings(FixtureDatabase database, Keys keys, String delay) {
        Map<String, String> settings =
                PackagedService.settings(database.address().getPort(), database.name(), keys.jwk());
        settings.put("QUARKUS_SHUTDOWN_DELAY", delay);
        return settings;
    }

    private static String ask(Socket connection, String token) throws IOException {
        connection
                .getOutputStream()
                .write(ConnectionFlood.read(Fixtures.CROWD, token).getBytes(StandardCharsets.US_ASCII));
        return RawHttp.answer(connection).toLowerCase(Locale.ROOT);
    }
}
