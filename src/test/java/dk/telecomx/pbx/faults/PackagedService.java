package dk.telecomx.pbx.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dk.telecomx.pbx.Await;
import dk.telecomx.pbx.FreePort;
import dk.telecomx.pbx.TestIssuer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.bson.types.ObjectId;

/** The packaged service, or the native executable under {@code -Dnative}, as a process of its own, on free ports of the loopback, with settings given from outside as an operator gives them. */
final class PackagedService implements AutoCloseable {

    /** Within this each request is answered, whatever the database does (contract, section 5). */
    static final Duration ANSWER_LIMIT = Duration.ofSeconds(3);

    private static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar");
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String ESTABLISHED = "01";
    private static final Duration START = Duration.ofMinutes(3);

    private final Process process;
    private final int port;
    private final int managementPort;
    private final Path log;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    private PackagedService(Process process, int port, int managementPort, Path log) {
        this.process = process;
        this.port = port;
        this.managementPort = managementPort;
        this.log = log;
    }

    /** Long enough for a machine that does little else, within {@link #PATIENCE}: where no limit is the test's subject. */
    static final Map<String, String> LONG_LIMITS = Map.of(
            "PBX_REQUESTS_TIME_LIMIT", "9S",
            "PBX_LOOKUP_TIME_LIMIT", "8S",
            "QUARKUS_MONGODB_SERVER_SELECTION_TIMEOUT", "3S",
            "QUARKUS_MONGODB_READ_TIMEOUT", "3S");

    /** What a service needs at least. */
    static Map<String, String> settings(int databasePort, String database, String keys) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("QUARKUS_MONGODB_CONNECTION_STRING", "mongodb://127.0.0.1:" + databasePort);
        settings.put("QUARKUS_MONGODB_DATABASE", database);
        settings.put("MP_JWT_VERIFY_ISSUER", TestIssuer.NAME);
        settings.put(keys.startsWith("http") ? "MP_JWT_VERIFY_PUBLICKEY_LOCATION" : "MP_JWT_VERIFY_PUBLICKEY", keys);
        return settings;
    }

    /** Starts one, and returns when it is alive. Without JVM arguments of a test it compiles for a quick start, not for a load. */
    static PackagedService start(String name, Map<String, String> settings, String... jvmArguments)
            throws IOException, InterruptedException {
        Path log = Files.createDirectories(Path.of("target/faults")).resolve(name + ".log");
        return start(log, ProcessBuilder.Redirect.to(log.toFile()), settings, jvmArguments);
    }

    /** Starts one whose output goes into a pipe that nobody reads; it has no log. */
    static PackagedService startUnread(Map<String, String> settings) throws IOException, InterruptedException {
        return start(Path.of("/dev/null"), ProcessBuilder.Redirect.PIPE, settings);
    }

    private static PackagedService start(
            Path log, ProcessBuilder.Redirect output, Map<String, String> settings, String... jvmArguments)
            throws IOException, InterruptedException {
        int port;
        int managementPort;
        // Both at a time, or they may be one.
        try (ServerSocket one = FreePort.hold();
                ServerSocket other = FreePort.hold()) {
            port = one.getLocalPort();
            managementPort = other.getLocalPort();
        }
        List<String> command = new ArrayList<>();
        boolean isNative = System.getProperty("native") != null;
        command.add(
                isNative
                        ? System.getProperty("native.image.path")
                        : ProcessHandle.current().info().command().orElse("java"));
        command.addAll(List.of(jvmArguments));
        if (!isNative) {
            if (jvmArguments.length == 0) {
                command.add("-XX:TieredStopAtLevel=1");
            }
            command.addAll(List.of("-jar", JAR.toString()));
        }
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(key -> key.startsWith("QUARKUS_") || key.startsWith("MP_JWT_"));
        // Each test would wait for it at its end; GracefulEndIT has its own.
        builder.environment().put("QUARKUS_SHUTDOWN_DELAY", "0S");
        builder.environment().putAll(settings);
        builder.environment().put("QUARKUS_HTTP_HOST", "127.0.0.1");
        builder.environment().put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
        builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
        builder.environment().put("QUARKUS_MANAGEMENT_PORT", Integer.toString(managementPort));
        Process process =
                builder.redirectErrorStream(true).redirectOutput(output).start();
        PackagedService service = new PackagedService(process, port, managementPort, log);
        try {
            Await.until(
                    "the service is alive, or has ended",
                    START,
                    () -> !process.isAlive() || service.health("live").statusCode() == 200);
            assertThat(process.isAlive()).as("the service is alive").isTrue();
        } catch (AssertionError dead) {
            service.close();
            throw new AssertionError(dead.getMessage() + "\n" + service.log(), dead);
        }
        return service;
    }

    int port() {
        return port;
    }

    HttpResponse<String> get(String path, String token) {
        return send(request(path, token));
    }

    HttpRequest.Builder request(String path, String token) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer " + token);
    }

    HttpResponse<String> group(ObjectId id, String token) {
        return group(id.toHexString(), token);
    }

    HttpResponse<String> group(String id, String token) {
        return get("/pbx/group/" + id, token);
    }

    HttpResponse<String> expanded(ObjectId id, String token) {
        return group(id + "?expandExtension=true&expandGoto=true", token);
    }

    HttpResponse<String> health(String check) {
        return management("/q/health/" + check);
    }

    HttpResponse<String> management(String path) {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + path)));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException cut) {
            throw new UncheckedIOException(cut);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    /** The sum of a metric's samples whose line holds all of these. */
    double metric(String name, String... labels) {
        return management("/q/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> Stream.of(labels).allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    String log() {
        try {
            return Files.readString(log, StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** What the log says of readiness behind so many lines, two at least: one line for each change, written by a thread of its own. */
    List<String> changesOfReadinessBehind(long lines) {
        Await.until(
                "two changes are logged", PATIENCE, () -> readinessBehind(lines).size() >= 2);
        return readinessBehind(lines);
    }

    private List<String> readinessBehind(long lines) {
        return log().lines()
                .skip(lines)
                .filter(line -> line.contains("ready: "))
                .toList();
    }

    int openFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
            return (int) files.count();
        }
    }

    /**
     * Open files that are none of these: connections of clients, which come and go with them.
     */
    int filesBesidesClients() throws IOException {
        int files = openFiles();
        return files - clients();
    }

    private int clients() throws IOException {
        int clients = 0;
        for (String table : List.of("tcp", "tcp6")) {
            for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/net/" + table))) {
                String[] words = line.trim().split("\\s+", -1);
                if (words[3].equals(ESTABLISHED) && (isAt(port, words[1]) || isAt(managementPort, words[1]))) {
                    clients++;
                }
            }
        }
        return clients;
    }

    private static boolean isAt(int port, String address) {
        return address.endsWith(String.format(":%04X", port));
    }

    /** Whether a native library whose file's name begins so is in the process. */
    boolean hasLoaded(String library) throws IOException {
        try (Stream<String> mapped = Files.lines(Path.of("/proc/" + process.pid() + "/maps"))) {
            return mapped.anyMatch(line -> line.contains("/" + library));
        }
    }

    int threads() throws IOException {
        return (int) status("Threads:");
    }

    long residentMegabytes() throws IOException {
        return status("VmRSS:") / 1024;
    }

    /** The most that it ever had. */
    long peakResidentMegabytes() throws IOException {
        return status("VmHWM:") / 1024;
    }

    private long status(String field) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith(field))
                .map(line -> line.replaceAll("\\D", ""))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow();
    }

    /** What is alive on the heap, after a collection. */
    long liveBytes() throws IOException, InterruptedException {
        Process histogram = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(process.pid()),
                        "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        String text = new String(histogram.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        histogram.waitFor();
        return text.lines()
                .filter(line -> line.startsWith("Total"))
                .map(line -> line.trim().split("\\s+"))
                .mapToLong(words -> Long.parseLong(words[2]))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(text));
    }

    /** As a cluster ends it; it may take its time. */
    void terminate() {
        process.destroy();
    }

    /** As a machine that fails. */
    void kill() {
        process.destroyForcibly();
    }

    boolean isGone() {
        return !process.isAlive();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
