package dk.telecomx.pbx;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/** A host of keys on the loopback, that counts how often it is asked. */
public final class KeyHost implements AutoCloseable {

    /** How it answers. */
    public enum Manner {
        WHOLE,
        /** It closes the connection instead. */
        CUT,
        /** It never answers. */
        HUNG,
        /** It sends the head and a byte, and then nothing. */
        STUCK,
        /** It sends byte by byte, without end. */
        TRICKLING
    }

    private static final int TRICKLE_MILLIS = 20;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger fetches = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile String body;
    private volatile int status = 200;
    private volatile Manner manner = Manner.WHOLE;

    public KeyHost(Keys... keys) throws IOException {
        this(HttpServer.create(), keys);
    }

    /** With a certificate. */
    public KeyHost(SSLContext certificate, Keys... keys) throws IOException {
        this(secured(certificate), keys);
    }

    private KeyHost(HttpServer server, Keys... keys) throws IOException {
        this.server = server;
        body = Keys.jwks(keys);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    private static HttpServer secured(SSLContext certificate) throws IOException {
        HttpsServer server = HttpsServer.create();
        server.setHttpsConfigurator(new HttpsConfigurator(certificate));
        return server;
    }

    public String url() {
        return "http://localhost:" + port() + "/keys";
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public int fetches() {
        return fetches.get();
    }

    public void serves(Keys... keys) {
        serves(Keys.jwks(keys));
    }

    public void serves(String other) {
        body = other;
    }

    public void answersWith(int other) {
        status = other;
    }

    public void is(Manner other) {
        manner = other;
    }

    private void answer(HttpExchange exchange) throws IOException {
        fetches.incrementAndGet();
        byte[] bytes = body.getBytes(UTF_8);
        Manner now = manner;
        try (exchange) {
            if (now == Manner.CUT) {
                return;
            }
            if (now == Manner.HUNG) {
                closed.await();
            }
            exchange.sendResponseHeaders(status, now == Manner.TRICKLING ? 0 : bytes.length);
            OutputStream out = exchange.getResponseBody();
            while (now == Manner.TRICKLING && !closed.await(TRICKLE_MILLIS, TimeUnit.MILLISECONDS)) {
                out.write(' ');
                out.flush();
            }
            if (now == Manner.STUCK) {
                out.write(bytes, 0, 1);
                out.flush();
                closed.await();
            }
            out.write(bytes);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
