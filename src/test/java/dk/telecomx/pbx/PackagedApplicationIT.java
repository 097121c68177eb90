package dk.telecomx.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Looks into the packaged service. A native executable cannot be looked into. */
@EnabledIf("isPackagedAsJars")
class PackagedApplicationIT {

    private static final Path PACKAGED = Path.of("target/quarkus-app");

    static boolean isPackagedAsJars() {
        return System.getProperty("native") == null;
    }

    @Test
    void hasTheServiceInIt() {
        assertThat(PACKAGED.resolve("quarkus-run.jar")).exists();
        assertThat(entries()).contains("dk/telecomx/pbx/group/GroupResource.class", "META-INF/openapi.yaml");
    }

    @Test
    void hasNothingOfTheDemoInIt() {
        assertThat(entries())
                .noneMatch(entry -> entry.startsWith("dk/telecomx/pbx/demo/"))
                .noneMatch(entry -> entry.startsWith("demo/"));
    }

    @Test
    void hasNoDatabaseAndNothingThatMakesTokensInIt() {
        assertThat(jars().map(jar -> jar.getFileName().toString()))
                .noneMatch(name -> name.contains("mongo-java-server"))
                .noneMatch(name -> name.contains("smallrye-jwt-build"))
                .anyMatch(name -> name.contains("quarkus-mongodb-client"));
        assertThat(entries())
                .noneMatch(entry -> entry.startsWith("de/bwaldvogel/"))
                .noneMatch(entry -> entry.startsWith("io/smallrye/jwt/build/"));
    }

    @Test
    void hasNoPrivateKeyInIt() {
        assertThat(entries()).noneMatch(entry -> entry.matches("(?i).*(private|secret).*\\.(pem|key|jwk|json)"));
    }

    private static List<String> entries() {
        List<String> entries = new ArrayList<>();
        jars().forEach(jar -> {
            try (JarFile opened = new JarFile(jar.toFile())) {
                Enumeration<JarEntry> all = opened.entries();
                while (all.hasMoreElements()) {
                    JarEntry entry = all.nextElement();
                    if (!entry.isDirectory()) {
                        entries.add(entry.getName());
                    }
                }
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        });
        return entries;
    }

    private static Stream<Path> jars() {
        try (Stream<Path> files = Files.walk(PACKAGED)) {
            return files.filter(file -> file.toString().endsWith(".jar")).toList().stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
