package dk.telecomx.pbx;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Starts the packaged service as an operator does, with something missing. */
class RequiredConfigurationIT {

    private static final Map<String, String> ENOUGH = new HashMap<>();

    @TempDir
    private Path empty = Path.of("");

    /** How a start ended. */
    private record End(int code, List<String> lines) {}

    @BeforeAll
    static void configure() {
        ENOUGH.put("QUARKUS_MONGODB_CONNECTION_STRING", "mongodb://127.0.0.1:1");
        ENOUGH.put("MP_JWT_VERIFY_ISSUER", TestIssuer.NAME);
        ENOUGH.put(
                "MP_JWT_VERIFY_PUBLICKEY",
                TestIssuer.pem(TestIssuer.newKeys("RS256").getPublic()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"QUARKUS_MONGODB_CONNECTION_STRING", "MP_JWT_VERIFY_ISSUER", "MP_JWT_VERIFY_PUBLICKEY"})
    void stopsTheStartWhereOneIsMissing(String variable) throws IOException, InterruptedException {
        Map<String, String> settings = new HashMap<>(ENOUGH);
        settings.remove(variable);

        namesIt(variable, start(settings));
    }

    @ParameterizedTest
    @ValueSource(strings = {"QUARKUS_MONGODB_CONNECTION_STRING", "MP_JWT_VERIFY_ISSUER", "MP_JWT_VERIFY_PUBLICKEY"})
    void stopsTheStartWhereOneIsBlank(String variable) throws IOException, InterruptedException {
        for (String blank : List.of("", "  ")) {
            Map<String, String> settings = new HashMap<>(ENOUGH);
            settings.put(variable, blank);

            namesIt(variable, start(settings));
        }
    }

    @Test
    void stopsTheStartWhereTheKeyIsNone() throws IOException, InterruptedException {
        Map<String, String> settings = new HashMap<>(ENOUGH);
        settings.put("MP_JWT_VERIFY_PUBLICKEY", "no key");

        namesIt("MP_JWT_VERIFY_PUBLICKEY", start(settings));
    }

    @Test
    void stopsTheStartWhereTheKeysFileIsNotThere() throws IOException, InterruptedException {
        Map<String, String> settings = new HashMap<>(ENOUGH);
        settings.remove("MP_JWT_VERIFY_PUBLICKEY");
        settings.put(
                "MP_JWT_VERIFY_PUBLICKEY_LOCATION", empty.resolve("missing.pem").toString());

        namesIt("MP_JWT_VERIFY_PUBLICKEY_LOCATION", start(settings));
    }

    @Test
    void stopsTheStartWhereAnybodysForwardedHeadersWouldBeBelieved() throws IOException, InterruptedException {
        Map<String, String> settings = new HashMap<>(ENOUGH);
        settings.put("QUARKUS_HTTP_PROXY_PROXY_ADDRESS_FORWARDING", "true");

        namesIt("QUARKUS_HTTP_PROXY_TRUSTED_PROXIES", start(settings));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "desk.telecomx.example",
                "https://desk.telecomx.example/",
                "https://desk.telecomx.example/x",
                "https://Desk.telecomx.example",
                "https://",
                "https://a.example,odd one",
                "/https:.*/",
                "null"
            })
    void stopsTheStartWhereAnOriginIsNone(String origins) throws IOException, InterruptedException {
        Map<String, String> settings = new HashMap<>(ENOUGH);
        settings.put("QUARKUS_HTTP_CORS_ORIGINS", origins);

        namesIt("QUARKUS_HTTP_CORS_ORIGINS", start(settings));
    }

    /** A blank list once refused every token, while the log said that all of them pass. */
    @ParameterizedTest
    @ValueSource(strings = {"missing", "", "  ", ","})
    void warnsWhereNoAudienceIsSet(String audiences) throws IOException, InterruptedException {
        Map<String, String> settings = new HashMap<>(ENOUGH);
        settings.put("QUARKUS_HTTP_CORS_ORIGINS", "");
        if (!audiences.equals("missing")) {
            settings.put("MP_JWT_VERIFY_AUDIENCES", audiences);
        }

        assertThat(warnings(settings)).singleElement().asString().contains("MP_JWT_VERIFY_AUDIENCES is not set");
    }

    @Test
    void startsWithoutAWarningWhereAllIsSet() throws IOException, InterruptedException {
        Map<String, String> settings = new HashMap<>(ENOUGH);
        settings.put("MP_JWT_VERIFY_AUDIENCES", "pbx");
        settings.put(
                "QUARKUS_HTTP_CORS_ORIGINS",
                "https://desk.telecomx.example,capacitor://localhost,http://localhost:8100");

        assertThat(warnings(settings)).isEmpty();
    }

    /** The lines of a start, up to where it listens, that are louder than INFO. */
    private List<String> warnings(Map<String, String> settings) throws IOException, InterruptedException {
        Path output = Files.createTempFile(empty, "start", ".log");
        Process process = process(settings, output);
        try {
            Await.until("it listens", Duration.ofMinutes(2), () -> lines(output).stream()
                    .anyMatch(line -> line.contains("Listening on")));
        } finally {
            process.destroyForcibly().waitFor();
        }
        return lines(output).stream()
                .filter(line -> line.contains("\"level\":\"WARN") || line.contains("\"level\":\"ERROR"))
                .toList();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static void namesIt(String variable, End end) {
        assertThat(end.code()).isNotZero();
        assertThat(end.lines())
                .filteredOn(line -> line.contains(variable))
                .as(end.lines().toString())
                .hasSize(1);
        assertThat(end.lines()).noneMatch(line -> line.contains("\tat ") || line.startsWith("at "));
        assertThat(end.lines()).noneMatch(line -> line.contains("Listening on"));
    }

    private End start(Map<String, String> settings) throws IOException, InterruptedException {
        Path output = Files.createTempFile(empty, "start", ".log");
        Process process = process(settings, output);
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("it ends").isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new End(process.exitValue(), lines(output));
    }

    private Process process(Map<String, String> settings, Path output) throws IOException {
        ProcessBuilder start =
                new ProcessBuilder(command()).directory(empty.toFile()).redirectErrorStream(true);
        start.redirectOutput(output.toFile());
        Map<String, String> environment = start.environment();
        environment.keySet().removeIf(name -> name.startsWith("QUARKUS_") || name.startsWith("MP_JWT_"));
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", "0");
        environment.put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
        environment.put("QUARKUS_MANAGEMENT_PORT", "0");
        environment.putAll(settings);
        return start.start();
    }

    private static List<String> command() {
        String executable = System.getProperty("native.image.path");
        if (System.getProperty("native") != null && executable != null) {
            return List.of(executable);
        }
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return List.of(
                java.toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                Path.of("target/quarkus-app/quarkus-run.jar").toAbsolutePath().toString());
    }
}
