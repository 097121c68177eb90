package dk.telecomx.pbx.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dk.telecomx.pbx.Await;
import dk.telecomx.pbx.FixtureDatabase;
import dk.telecomx.pbx.Fixtures;
import dk.telecomx.pbx.Keys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One service whose key file changes from form to form, as a mounted secret is rotated in place. Its rows mostly wait for the next read. */
@Execution(ExecutionMode.CONCURRENT)
class KeyFilesIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Keys FIRST = Keys.rsa("first");
    private static final Keys SECOND = Keys.rsa("second");
    private static final Keys EC = Keys.ec("curve", "secp256r1");

    @TempDir
    private static Path folder = Path.of("");

    private static FixtureDatabase database;
    private static PackagedService service;
    private static Path file;

    @BeforeAll
    static void start() throws Exception {
        database = new FixtureDatabase();
        file = folder.resolve("keys");
        write(FIRST.pem());
        Map<String, String> settings =
                PackagedService.settings(database.address().getPort(), database.name(), "");
        settings.remove("MP_JWT_VERIFY_PUBLICKEY");
        settings.put("MP_JWT_VERIFY_PUBLICKEY_LOCATION", file.toString());
        settings.put("PBX_KEYS_REFRESH", "1s");
        service = PackagedService.start("key-files", settings);
        Await.until("the first key", SOON, () -> status(FIRST) == 200);
    }

    @AfterAll
    static void stop() {
        service.close();
        database.close();
    }

    /** What is read, and which keys count then; no two neighbors have the same. */
    static Stream<Arguments> forms() {
        String second = SECOND.pem();
        String first = FIRST.pem();
        return Stream.of(
                form("PEM with bag attributes", "Bag Attributes\n    localKeyID: 01 23\n" + second, SECOND),
                form("PEM with comments around it", "# of 2026\n" + first + "\n# end\n", FIRST),
                form("PEM with a byte-order mark", "\uFEFF" + second, SECOND),
                form("indented PEM", first.indent(4), FIRST),
                form("PEM with CRLF", second.replace("\n", "\r\n"), SECOND),
                form("two keys in one PEM", first + second, FIRST, SECOND),
                form("PEM on one line", first.replace("\n", ""), FIRST),
                form("an EC key beside an RSA key in PEM", EC.pem() + second, SECOND),
                form("a JWK", FIRST.jwk(), FIRST),
                form("a JWKS with malformed entries", Keys.jwks(List.of("5", "{\"kty\":\"?\"}", SECOND.jwk())), SECOND),
                form(
                        "a JWKS with a key that has no verify in key_ops",
                        Keys.jwks(List.of(with(SECOND, "\"key_ops\":[\"sign\"]"), FIRST.jwk())),
                        FIRST),
                form("a JWKS of two", Keys.jwks(SECOND, FIRST), SECOND, FIRST),
                form("a JWKS with a byte-order mark", "\uFEFF" + Keys.jwks(FIRST), FIRST));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forms")
    @Execution(ExecutionMode.SAME_THREAD)
    void readsAFormOnceTheFileHasIt(String form, String content, List<Keys> good) throws IOException {
        write(content);
        Await.until(form, SOON, () -> Stream.of(FIRST, SECOND)
                .allMatch(key -> status(key) == (good.contains(key) ? 200 : 401)));
    }

    /** What cannot be read, and the words for it. */
    static Stream<Arguments> unreadable() {
        String pem = FIRST.pem();
        return Stream.of(
                Arguments.of("PKCS#1", pem.replace(" PUBLIC", " RSA PUBLIC"), "PKCS#1"),
                Arguments.of(
                        "a private key", pem.replace("PUBLIC", "PRIVATE"), "a PRIVATE KEY, which is no public key"),
                Arguments.of("PEM cut short", pem.substring(0, 80), "no whole -----BEGIN"),
                Arguments.of("no array of keys", "{\"keys\":5}", "neither a JWK nor a JWKS"),
                Arguments.of("text", "maintenance", "neither PEM"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unreadable")
    @Execution(ExecutionMode.SAME_THREAD)
    void keepsItsKeysAndSaysWhyWhereTheFileCannotBeRead(String what, String content, String words) throws IOException {
        Keys kept = status(FIRST) == 200 ? FIRST : SECOND;

        write(content);

        Await.until(words, SOON, () -> service.log()
                .lines()
                .anyMatch(line -> line.contains("keys were not read from") && line.contains(words)));
        assertThat(status(kept)).isEqualTo(200);
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void keepsItsKeysWhileTheFileIsAway() throws IOException {
        write(SECOND.pem());
        Await.until("the second key", SOON, () -> status(SECOND) == 200 && status(FIRST) == 401);

        Files.delete(file);

        Await.until("a warning", SOON, () -> service.log()
                .contains("keys were not read from " + file + ": " + file + " (No such file or directory)"));
        assertThat(status(SECOND)).isEqualTo(200);
    }

    private static Arguments form(String name, String content, Keys... good) {
        return Arguments.of(name, content, List.of(good));
    }

    private static String with(Keys key, String member) {
        return key.jwk().replaceFirst("\\{", "{" + member + ",");
    }

    private static void write(String content) throws IOException {
        Path other = Files.writeString(folder.resolve("other"), content);
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static int status(Keys key) {
        return service.group(Fixtures.CROWD, key.admin()).statusCode();
    }
}
