package dk.telecomx.pbx.authentication;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A host of keys on the loopback, that counts how often it is asked. */
final class KeyHost implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger fetches = new AtomicInteger();
    private volatile String body;
    private volatile int status = 200;
    private volatile boolean trickles;

    KeyHost(String body) throws IOException {
        this.body = body;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort() + "/keys";
    }

    int fetches() {
        return fetches.get();
    }

    void serves(String other) {
        body = other;
    }

    void answersWith(int other) {
        status = other;
    }

    /** From now on answers come byte by byte and never end. */
    void trickles() {
        trickles = true;
    }

    void isWhole() {
        trickles = false;
    }

    private void answer(HttpExchange exchange) throws IOException {
        fetches.incrementAndGet();
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, trickles ? 0 : bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            while (trickles) {
                out.write(' ');
                out.flush();
                Thread.sleep(20);
            }
            out.write(bytes);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
