package dk.telecomx.pbx.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dk.telecomx.pbx.Await;
import dk.telecomx.pbx.Keys;
import dk.telecomx.pbx.TestIssuer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Starts the packaged service as an operator does: a row for each kind of mistake. Every setting's own range is in {@link SettingsTest}. */
@Execution(ExecutionMode.CONCURRENT)
class StartIT {

    @TempDir
    private Path empty = Path.of("");

    private final Map<String, String> settings = new HashMap<>(Map.of(
            "QUARKUS_MONGODB_CONNECTION_STRING",
            "mongodb://user:hidden@127.0.0.1:1/?serverSelectionTimeoutMS=9",
            "MP_JWT_VERIFY_ISSUER",
            TestIssuer.NAME + "\n",
            "MP_JWT_VERIFY_PUBLICKEY",
            Keys.rsa(null).pem()));

    /** The demo's issuer and database once came with such a profile. */
    @ParameterizedTest
    @ValueSource(strings = {"dev", "test", "dev,eu"})
    void bringsNoSettingByAProfile(String profile) throws IOException, InterruptedException {
        settings.clear();
        settings.put("QUARKUS_PROFILE", profile);

        assertThat(linesOfAStartThatEnds())
                .containsExactly("QUARKUS_MONGODB_CONNECTION_STRING is required, and it is not set");
    }

    /** What stopped it once were the framework's words, the driver's, or a stack trace. */
    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(delimiter = '|', textBlock = """
                    MP_JWT_VERIFY_ISSUER | ' ' | MP_JWT_VERIFY_ISSUER is required
                    PBX_REQUESTS_MAX_IN_FLIGHT | 0 | PBX_REQUESTS_MAX_IN_FLIGHT is "0"; allowed: a whole number from 1
                    PBX_KEYS_REFRESH | 0s | PBX_KEYS_REFRESH is "0s"; allowed: a time from
                    PBX_KEYS_REFRESH | 2h | PBX_KEYS_REFRESH is "2h"; allowed: at most that of PBX_KEYS_MAX_AGE, "1h"
                    QUARKUS_HTTP_CORS_ENABLED | true | QUARKUS_HTTP_CORS_ENABLED is "true"; allowed: false
                    QUARKUS_MONGODB_DATABASE | p/x | QUARKUS_MONGODB_DATABASE is "p/x"; allowed:
                    QUARKUS_MONGODB_CONNECTION_STRING | mongodb://h/?compressors=zstd | QUARKUS_MONGODB_CONNECTION_STRING is wrong (its value is not shown); allowed:
                    PBX_LOOKUP_TIME_LIMIT | 5s | PBX_LOOKUP_TIME_LIMIT is "5s"; allowed: at most that of PBX_REQUESTS_TIME_LIMIT, "2800ms"
                    QUARKUS_MONGODB_CONNECTION_STRING | mongodb://hidden:99999 | QUARKUS_MONGODB_CONNECTION_STRING is wrong (its value is not shown); allowed:
                    QUARKUS_MONGODB_CONNECTION_STRING | mongodb://u:${NOBODYS}@h | QUARKUS_MONGODB_CONNECTION_STRING has a ${…} in it
                    MP_JWT_VERIFY_PUBLICKEY | hidden | MP_JWT_VERIFY_PUBLICKEY: neither PEM
                    MP_JWT_VERIFY_PUBLICKEY_ALGORITHM | ES256 | MP_JWT_VERIFY_PUBLICKEY: no public key for ES256, but [a key of type RSA]
                    """)
    void stopsAtAWrongSettingInOneLine(String variable, String value, String line)
            throws IOException, InterruptedException {
        settings.put(variable, value);

        assertThat(linesOfAStartThatEnds())
                .filteredOn(printed -> !printed.startsWith("{"))
                .singleElement()
                .asString()
                .startsWith(line)
                .doesNotContain("hidden");
    }

    @Test
    void refusesOnePortForBoth() throws IOException, InterruptedException {
        settings.put("QUARKUS_HTTP_PORT", "18999");
        settings.put("QUARKUS_MANAGEMENT_PORT", "18999");

        assertThat(linesOfAStartThatEnds())
                .containsExactly("QUARKUS_MANAGEMENT_PORT is \"18999\"; allowed: any but that of QUARKUS_HTTP_PORT");
    }

    @Test
    void saysThatAnAddressIsInUse() throws IOException, InterruptedException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            settings.put("QUARKUS_HTTP_PORT", Integer.toString(taken.getLocalPort()));

            assertThat(linesOfAStartThatEnds())
                    .singleElement()
                    .asString()
                    .startsWith("QUARKUS_HTTP_PORT is \"" + taken.getLocalPort() + "\"; allowed: a port that is free");
        }
    }

    @Test
    void saysWhyTheKeyFileCannotBeRead() throws IOException, InterruptedException {
        Path file = empty.resolve("no-such-file");
        settings.remove("MP_JWT_VERIFY_PUBLICKEY");
        settings.put("MP_JWT_VERIFY_PUBLICKEY_LOCATION", file.toString());

        assertThat(linesOfAStartThatEnds())
                .filteredOn(line -> !line.startsWith("{"))
                .containsExactly(
                        "MP_JWT_VERIFY_PUBLICKEY_LOCATION: cannot read " + file + " (No such file or directory)");
    }

    /** A blank value is unset: as an empty one it would stop the start in beans of the framework. */
    @Test
    void logsTheSettingsInUseWithoutSecrets() throws IOException, InterruptedException {
        Path keys = Files.writeString(empty.resolve("keys"), settings.remove("MP_JWT_VERIFY_PUBLICKEY"));
        settings.put("MP_JWT_VERIFY_PUBLICKEY_LOCATION", keys.toString());
        settings.put("QUARKUS_HTTP_PROXY_PROXY_ADDRESS_FORWARDING", "true");
        settings.put("MP_JWT_VERIFY_PUBLICKEY", " ");
        settings.put("MP_JWT_DECRYPT_KEY_LOCATION", "");
        settings.put("PBX_AUDIT_KEY", "\n");
        Path output = Files.createTempFile(empty, "start", ".log");
        Process process = process(output);
        try {
            Await.until("it listens", Duration.ofMinutes(2), () -> lines(output).stream()
                    .anyMatch(line -> line.contains("Listening on")));
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(lines(output))
                .noneMatch(line -> line.contains("hidden"))
                .filteredOn(line -> line.contains("\"level\":\"WARN") || line.contains("\"level\":\"ERROR"))
                .satisfiesExactly(
                        line -> assertThat(line).contains("MP_JWT_VERIFY_AUDIENCES is not set"),
                        line -> assertThat(line).contains("QUARKUS_HTTP_PROXY_PROXY_ADDRESS_FORWARDING has no effect"));
        assertThat(lines(output))
                .filteredOn(line -> line.contains("settings: "))
                .singleElement()
                .asString()
                .contains("issuer " + TestIssuer.NAME
                        + ", audiences any, algorithm RS256, keys from " + keys + ","
                        + " database pbx at [127.0.0.1:1], port 0, management port 0");
    }

    private List<String> linesOfAStartThatEnds() throws IOException, InterruptedException {
        Path output = Files.createTempFile(empty, "start", ".log");
        Process process = process(output);
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("it ends").isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).isNotZero();
        return lines(output);
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.readAllLines(file, UTF_8);
    }

    private Process process(Path output) throws IOException {
        ProcessBuilder start =
                new ProcessBuilder(command()).directory(empty.toFile()).redirectErrorStream(true);
        start.redirectOutput(output.toFile());
        Map<String, String> environment = start.environment();
        environment.keySet().removeIf(name -> name.matches("(QUARKUS|MP_JWT|PBX)_.*"));
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
