package dk.telecomx.pbx.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dk.telecomx.pbx.Await;
import dk.telecomx.pbx.faults.FaultProxy.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Too many clients, and such as take their time. */
class OverloadIT {

    private static final int PROMISED_CONNECTIONS = 2_500;
    private static final int HEAP_PLUS_A_BIT_MEGABYTES = 900;
    private static final int MAX_IN_HAND = 20;
    private static final int WAVE = 50;
    private static final Pattern ANSWERED = Pattern.compile("HTTP/1\\.1 (200|500|503) .*", Pattern.DOTALL);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Keys KEYS = Keys.named("overload");
    private static final String VIEWER = KEYS.viewerOf(Cast.NORTHERN_CUSTOMER);
    private static Database database;
    private static FaultProxy wire;

    @BeforeAll
    static void start() {
        database = new Database();
        wire = new FaultProxy(database.address());
    }

    @AfterAll
    static void stop() {
        wire.close();
        database.close();
    }

    @Test
    void serves2500ConnectionsAtATimeWithin900Megabytes() throws Exception {
        try (PackagedService service = service("many", Map.of(), "-Xmx512m")) {
            List<Socket> clients = new ArrayList<>();
            try {
                for (int i = 0; i < PROMISED_CONNECTIONS; i++) {
                    clients.add(connect(service));
                }
                int burst = 0;
                for (Socket client : clients) {
                    send(client, request(Cast.NORTHERN_GROUP + (burst++ % 2 == 0 ? "?expandExtension=true" : "")));
                }
                for (Socket client : clients) {
                    // All at once may be more than this machine does within a request's time limit: then the contract's
                    // errors.
                    assertThat(RawHttp.answer(client)).matches(ANSWERED);
                }
                for (int wave = 0; wave < PROMISED_CONNECTIONS; wave += WAVE) {
                    List<Socket> some = clients.subList(wave, wave + WAVE);
                    for (Socket client : some) {
                        send(client, request(Cast.NORTHERN_GROUP));
                    }
                    for (Socket client : some) {
                        assertThat(RawHttp.answer(client)).startsWith("HTTP/1.1 200");
                    }
                }
                System.out.printf("2,500 connections: %d MB%n", service.residentMegabytes());
                assertThat(service.residentMegabytes()).isLessThan(HEAP_PLUS_A_BIT_MEGABYTES);
            } finally {
                for (Socket client : clients) {
                    client.close();
                }
            }
        }
    }

    @Test
    void refusesMoreThanItCanQueueBeforeItLooksAtTheTokenAndRecovers() throws Exception {
        try (PackagedService service =
                service("queue", Map.of("PBX_REQUESTS_MAX_IN_HAND", Integer.toString(MAX_IN_HAND)))) {
            wire.turn(Wire.HUNG);
            List<Socket> waiting = new ArrayList<>();
            for (int i = 0; i < MAX_IN_HAND; i++) {
                Socket client = connect(service);
                send(client, request(Cast.NORTHERN_GROUP));
                waiting.add(client);
            }
            Await.until("all are in hand", PATIENCE, () -> service.metric("pbx_requests_in_hand") == MAX_IN_HAND);
            HttpResponse<String> refused = service.group(Cast.NORTHERN_GROUP, "no token at all");

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
                    Duration.ofSeconds(5),
                    () -> service.group(Cast.NORTHERN_GROUP, VIEWER).statusCode() == 200);
            assertThat(service.metric("pbx_requests_in_hand")).isZero();
        }
    }

    @Test
    void slowClientsStarveNobody() throws Exception {
        try (PackagedService service = service("slow-clients", Map.of("QUARKUS_HTTP_IDLE_TIMEOUT", "5S"))) {
            List<Socket> slow = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                Socket client = connect(service);
                send(
                        client,
                        i % 2 == 0
                                ? "GET /pbx/group/" + Cast.NORTHERN_GROUP + " HTTP/1.1\r\nHost: pbx\r\nX-Slow: "
                                : "POST /pbx/group/" + Cast.NORTHERN_GROUP
                                        + " HTTP/1.1\r\nHost: pbx\r\nContent-Length: 1000\r\n\r\na");
                slow.add(client);
            }
            for (int i = 0; i < 100; i++) {
                assertThat(service.group(Cast.NORTHERN_GROUP, VIEWER).statusCode())
                        .isEqualTo(200);
            }
            assertThat(service.metric("pbx_requests_in_hand")).isZero();
            int held = service.openFiles();
            Await.until("clients that send nothing more are gone", PATIENCE, () -> service.openFiles() < held - 900);
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
                () -> service.group(Cast.NORTHERN_GROUP, VIEWER).statusCode() == 200);
        return service;
    }

    private static Socket connect(PackagedService service) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port());
        socket.setSoTimeout((int) PATIENCE.toMillis());
        return socket;
    }

    private static String request(String target) {
        return "GET /pbx/group/" + target + " HTTP/1.1\r\nHost: pbx\r\nAuthorization: Bearer " + VIEWER + "\r\n\r\n";
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
