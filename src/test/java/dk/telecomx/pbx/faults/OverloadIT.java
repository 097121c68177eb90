package dk.telecomx.pbx.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dk.telecomx.pbx.Await;
import dk.telecomx.pbx.FixtureDatabase;
import dk.telecomx.pbx.Fixtures;
import dk.telecomx.pbx.Keys;
import dk.telecomx.pbx.RawHttp;
import dk.telecomx.pbx.faults.ConnectionFlood.Answer;
import dk.telecomx.pbx.faults.FaultProxy.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Too many clients, and such as take their time. */
@Tag("faults")
@Isolated("its load, and its limits of time")
class OverloadIT {

    private static final int PROMISED_CONNECTIONS = 2_500;
    private static final int HEAP_PLUS_A_BIT_MEGABYTES = 900;
    private static final int MAX_IN_FLIGHT = 20;
    private static final int WAVE = 50;
    private static final int TOO_MANY = 4_000;
    private static final int AT_A_TIME = 50;
    private static final int CALLERS = 16;
    private static final int WARM = 10_000;
    private static final int TRIALS = 3;
    private static final Duration OVERLOAD = Duration.ofSeconds(8);
    private static final Duration RECOVERY = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Keys KEYS = Keys.rsa("overload");
    private static final String VIEWER = KEYS.viewerOf(Fixtures.ACME);
    private static FixtureDatabase database;
    private static FaultProxy wire;

    /** With the limits that it has by default. */
    private static PackagedService service;

    @BeforeAll
    static void start() throws Exception {
        database = new FixtureDatabase();
        wire = new FaultProxy(database.address());
        service = service("many", Map.of(), "-Xmx512m");
    }

    @AfterAll
    static void stop() {
        service.close();
        wire.close();
        database.close();
    }

    @Test
    void serves2500ConnectionsAtATime() throws Exception {
        try (ConnectionFlood crowd =
                new ConnectionFlood(service.port(), PROMISED_CONNECTIONS, List.of(request(Fixtures.CROWD)))) {
            // All at once may be more than this machine does within a request's time limit, and then the room for
            // requests
            // shrinks for some seconds: then the contract's errors.
            Await.until("most of 2,500 at once have a good answer", PATIENCE, () -> {
                Map<Integer, Long> burst = statuses(crowd.ask(Duration.ZERO));
                System.out.println("2,500 at once: " + burst);
                assertThat(burst.keySet()).isSubsetOf(200, 500, 503);
                return burst.getOrDefault(200, 0L) > PROMISED_CONNECTIONS / 2;
            });
            for (int wave = 0; wave < PROMISED_CONNECTIONS; wave += WAVE) {
                assertThat(crowd.ask(wave, wave + WAVE))
                        .allMatch(answer -> answer.status() == 200)
                        .allMatch(OverloadIT::isInTime);
            }
        }
    }

    @Test
    void staysWithin900MegabytesAndIsBackAtItsPaceWithinFiveSeconds() throws Exception {
        try (Load load = new Load(service, KEYS, CALLERS)) {
            Await.until("warm", PATIENCE, () -> load.well() > WARM);
            // A machine that becomes slower meanwhile looks like a service that is not back, but hardly each time.
            boolean isBack = false;
            for (int trial = 0; trial < TRIALS && !isBack; trial++) {
                isBack = isBackAtItsPaceAfterAnOverload(load);
            }
            assertThat(isBack).as("back at its pace in time, in any trial").isTrue();
            assertThat(service.peakResidentMegabytes()).isLessThan(HEAP_PLUS_A_BIT_MEGABYTES);
            load.stop();
            assertThat(load.wrongs()).isEmpty();
        }
    }

    private static boolean isBackAtItsPaceAfterAnOverload(Load load) throws IOException {
        double before = pace(load);
        Map<Integer, Long> overload;
        try (ConnectionFlood crowd = new ConnectionFlood(
                service.port(),
                PROMISED_CONNECTIONS,
                List.of(request(Fixtures.CROWD), request(Fixtures.CROWD + "?expandExtension=true")))) {
            overload = statuses(crowd.ask(OVERLOAD));
        }
        assertThat(overload.keySet()).isSubsetOf(200, 500, 503);
        long end = System.nanoTime();
        double after = 0;
        while (after < 0.8 * before && System.nanoTime() - end < RECOVERY.toNanos()) {
            after = rate(load);
        }
        System.out.printf(
                "overload: %s; %.0f requests a second before, %.0f soon after; at most %d MB%n",
                overload, before, after, service.peakResidentMegabytes());
        return after >= 0.8 * before;
    }

    /** The rate of good answers in the middle one of some seconds. */
    private static double pace(Load load) {
        List<Double> rates = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            rates.add(rate(load));
        }
        return rates.stream().sorted().skip(2).findFirst().orElseThrow();
    }

    private static double rate(Load load) {
        long well = load.well();
        long start = System.nanoTime();
        Await.pass(Duration.ofSeconds(1));
        return (load.well() - well) * 1e9 / (System.nanoTime() - start);
    }

    @Test
    void refusesEarlyWhatIsTooMuch() throws Exception {
        try (ConnectionFlood crowd = new ConnectionFlood(service.port(), TOO_MANY, List.of(request(Fixtures.CROWD)))) {
            wire.turn(Wire.HUNG);
            // Not all at once: what waits to be read is not there yet.
            List<Answer> answers = crowd.askInTurn(AT_A_TIME);
            wire.turn(Wire.OPEN);

            System.out.printf(
                    "4,000 on a hung database: %s, slowest refusal %d ms, slowest failure %d ms%n",
                    statuses(answers), slowestMillis(answers, 503), slowestMillis(answers, 500));
            assertThat(statuses(answers).keySet()).containsExactlyInAnyOrder(500, 503);
            assertThat(answers)
                    .filteredOn(answer -> answer.status() == 503)
                    .allMatch(OverloadIT::isInTime)
                    .allMatch(answer -> answer.retryAfter() != null);
        }
        Await.until(
                "a good answer",
                RECOVERY,
                () -> service.group(Fixtures.CROWD, VIEWER).statusCode() == 200);
    }

    /** Refused tokens once counted as answers, so the database seemed to be there, and the others got 503 in the place of 500. */
    @Test
    void isNotTakenForADatabaseThatIsAwayWhileOthersAreRefused() throws Exception {
        List<String> requests = new ArrayList<>(Collections.nCopies(9, request(Fixtures.CROWD)));
        requests.add("GET /pbx/group/" + Fixtures.CROWD + " HTTP/1.1\r\nHost: pbx\r\n\r\n");
        try (ConnectionFlood callers = new ConnectionFlood(service.port(), 20 * WAVE, requests)) {
            wire.turn(Wire.HUNG);
            Map<Integer, Long> answers = statuses(callers.askInTurn(1));
            wire.turn(Wire.OPEN);

            assertThat(answers).containsOnly(entry(401, 2L * WAVE), entry(500, 18L * WAVE));
        }
        Await.until(
                "a good answer",
                RECOVERY,
                () -> service.group(Fixtures.CROWD, VIEWER).statusCode() == 200);
    }

    /** Resellers whose edge hung once took the room of those who need no edge: their late reads counted as overload, and viewers got 503. */
    @Test
    void leavesRoomForViewersWhileTheResellerEdgeHangs() throws Exception {
        List<String> requests = new ArrayList<>(
                Collections.nCopies(9, ConnectionFlood.read(Fixtures.CROWD, KEYS.reseller(Fixtures.NORDIC))));
        requests.add(request(Fixtures.CROWD));
        try (ConnectionFlood callers = new ConnectionFlood(service.port(), 40 * WAVE, requests)) {
            wire.turn(Wire.WITHOUT_EDGE);
            Map<Integer, Long> answers = statuses(callers.askInTurn(1));
            wire.turn(Wire.OPEN);

            assertThat(answers).containsOnly(entry(200, 4L * WAVE), entry(500, 36L * WAVE));
        }
        Await.until(
                "a good answer",
                RECOVERY,
                () -> service.group(Fixtures.CROWD, KEYS.reseller(Fixtures.NORDIC))
                                .statusCode()
                        == 200);
    }

    private static long slowestMillis(List<Answer> answers, int status) {
        return answers.stream()
                .filter(answer -> answer.status() == status)
                .mapToLong(answer -> answer.took().toMillis())
                .max()
                .orElse(0);
    }

    private static boolean isInTime(Answer answer) {
        return answer.took().compareTo(PackagedService.ANSWER_LIMIT) < 0;
    }

    private static Map<Integer, Long> statuses(List<Answer> answers) {
        return answers.stream().collect(Collectors.groupingBy(Answer::status, TreeMap::new, Collectors.counting()));
    }

    @Test
    void refusesMoreThanItCanQueueBeforeItLooksAtTheTokenAndRecovers() throws Exception {
        try (PackagedService service =
                service("queue", Map.of("PBX_REQUESTS_MAX_IN_FLIGHT", Integer.toString(MAX_IN_FLIGHT)))) {
            wire.turn(Wire.HUNG);
            List<Socket> waiting = new ArrayList<>();
            for (int i = 0; i < MAX_IN_FLIGHT; i++) {
                Socket client = connect(service);
                send(client, request(Fixtures.CROWD));
                waiting.add(client);
            }
            Await.until("all are in flight", PATIENCE, () -> service.metric("pbx_requests_in_flight") == MAX_IN_FLIGHT);
            HttpResponse<String> refused = service.group(Fixtures.CROWD, "no token at all");

            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After"))
                    .get()
                    .asString()
                    .matches("\\d+");
            assertThat(refused.headers().firstValue("Cache-Control")).contains("no-store");
            assertThat(refused.body())
                    .isEqualTo(
                            "{\"error\":{\"message\":\"Too many requests at the moment\",\"code\":\"overloaded\",\"status\":503}}");
            for (Socket client : waiting) {
                assertThat(RawHttp.answer(client)).startsWith("HTTP/1.1 500");
                client.close();
            }
            wire.turn(Wire.OPEN);
            Await.until(
                    "a good answer",
                    RECOVERY,
                    () -> service.group(Fixtures.CROWD, VIEWER).statusCode() == 200);
            Await.until("none is in flight", RECOVERY, () -> service.metric("pbx_requests_in_flight") == 0);
        }
    }

    @Test
    void slowClientsStarveNobody() throws Exception {
        try (PackagedService service = service("slow-clients", Map.of("QUARKUS_HTTP_IDLE_TIMEOUT", "5S"))) {
            int before = service.openFiles();
            List<Socket> slow = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                Socket client = connect(service);
                send(
                        client,
                        i % 2 == 0
                                ? "GET /pbx/group/" + Fixtures.CROWD + " HTTP/1.1\r\nHost: pbx\r\nX-Slow: "
                                : "POST /pbx/group/" + Fixtures.CROWD
                                        + " HTTP/1.1\r\nHost: pbx\r\nContent-Length: 1000\r\n\r\na");
                slow.add(client);
            }
            for (int i = 0; i < 100; i++) {
                long start = System.nanoTime();
                assertThat(service.group(Fixtures.CROWD, VIEWER).statusCode()).isEqualTo(200);
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PackagedService.ANSWER_LIMIT);
            }
            Await.until("none is in flight", RECOVERY, () -> service.metric("pbx_requests_in_flight") == 0);
            Await.until("clients that send nothing more are gone", PATIENCE, () -> service.openFiles() < before + 100);
            for (Socket client : slow) {
                client.close();
            }
        }
    }

    private static PackagedService service(String name, Map<String, String> more, String... jvmArguments)
            throws IOException, InterruptedException {
        wire.turn(Wire.OPEN);
        Map<String, String> settings = PackagedService.settings(wire.port(), database.name(), KEYS.jwk());
        settings.putAll(more);
        PackagedService service = PackagedService.start("overload-" + name, settings, jvmArguments);
        Await.until(
                "a good answer",
                PATIENCE,
                () -> service.group(Fixtures.CROWD, VIEWER).statusCode() == 200);
        return service;
    }

    private static Socket connect(PackagedService service) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port());
        socket.setSoTimeout((int) PATIENCE.toMillis());
        return socket;
    }

    private static String request(Object target) {
        return ConnectionFlood.read(target, VIEWER);
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
