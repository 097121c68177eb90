package dk.telecomx.pbx.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import dk.telecomx.pbx.Await;
import dk.telecomx.pbx.faults.FaultProxy;
import dk.telecomx.pbx.faults.FaultProxy.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the log says of a database that cannot be read: of failures that the driver really had. */
class DatabaseProblemTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final MongoServer SERVER = new MongoServer(new MemoryBackend());
    private static final InetSocketAddress DATABASE = SERVER.bind();

    @AfterAll
    static void stop() {
        SERVER.shutdownNow();
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                arguments("nothing listens", null, Wire.REFUSING, "the database cannot be reached"),
                arguments("it hangs", null, Wire.HUNG, "the database did not answer in time"),
                arguments("it sends garbage", null, Wire.CORRUPT, "the connection to the database broke"),
                arguments("it has stepped down", null, Wire.NOT_PRIMARY, "no primary among the database's members"),
                arguments(
                        "there are secondaries only",
                        "rs0",
                        Wire.NOT_PRIMARY,
                        "no primary among the database's members"),
                arguments("the user may not read", null, Wire.UNAUTHORIZED, "the database user has no right to read"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    @Execution(ExecutionMode.CONCURRENT)
    void saysThat(String what, String replicaSet, Wire fault, String words) {
        try (FaultProxy server = new FaultProxy(DATABASE, 0, replicaSet)) {
            server.turn(fault);
            assertThat(problemOf("mongodb://" + server.address())).isEqualTo(words);
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void saysThatADatabaseThatWasWellHangs() {
        try (FaultProxy server = new FaultProxy(DATABASE);
                PlainClient client = PlainClient.impatient("mongodb://" + server.address())) {
            Await.until("an answer", PATIENCE, () -> failureOf(client) == null);
            server.turn(Wire.HUNG);
            assertThat(problemOf(client)).isEqualTo("the database did not answer in time");
        }
    }

    /** This server knows no users at all, as a wrong password's refuses to let one in. */
    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void saysThatTheUserIsRefused() {
        assertThat(problemOf("mongodb://pbx:wrong@127.0.0.1:" + DATABASE.getPort()))
                .isEqualTo("the database refused the user or the password");
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void saysThatTheHostIsUnknown() {
        assertThat(problemOf("mongodb://database.invalid")).isEqualTo("the database's host name is unknown");
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void saysThatTheCertificateIsNotTrusted(@TempDir Path folder) throws Exception {
        try (SSLServerSocket server = server(folder)) {
            String address = "mongodb://127.0.0.1:" + server.getLocalPort();
            try (PlainClient client = PlainClient.impatient(address + "/?tls=true")) {
                // On a busy machine a greeting may be cut before the certificate has been looked at.
                Await.until("the certificate is named", PATIENCE, () -> problemOf(client)
                        .equals("the database's TLS certificate is not trusted"));
            }
            assertThat(problemOf(address)).isEqualTo("the connection to the database broke");
        }
    }

    @Test
    void namesTheFailureThatItDoesNotKnow() {
        assertThat(DatabaseProblem.of(new IllegalStateException("of customer 7")))
                .isEqualTo("the database failed: IllegalStateException");
    }

    /** Of the second read: by then the driver has greeted the server, and may know more than at the first. */
    private static String problemOf(String connection) {
        try (PlainClient client = PlainClient.impatient(connection)) {
            failureOf(client);
            return problemOf(client);
        }
    }

    private static String problemOf(PlainClient client) {
        return DatabaseProblem.of(failureOf(client));
    }

    private static Throwable failureOf(PlainClient client) {
        return catchThrowable(() -> client.collection("pbx", "PbxDialplans", Document.class)
                .find()
                .collect()
                .asList()
                .await()
                .atMost(PATIENCE));
    }

    /** A server with a certificate that it has signed itself. */
    private static SSLServerSocket server(Path folder) throws Exception {
        Path store = folder.resolve("server.p12");
        char[] password = "changeit".toCharArray();
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(password))
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(Files.newInputStream(store), password);
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        SSLServerSocket server = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread handshakes = new Thread(() -> shakeHands(server), "handshakes");
        handshakes.setDaemon(true);
        handshakes.start();
        return server;
    }

    private static void shakeHands(SSLServerSocket server) {
        while (!server.isClosed()) {
            try (SSLSocket client = (SSLSocket) server.accept()) {
                client.startHandshake();
            } catch (IOException refused) {
                // The client does not trust it, or the test is over.
            }
        }
    }
}
