package dk.telecomx.pbx.nativeimage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the native executable is made of, without making it: {@code ./mvnw package -Dnative -Dquarkus.native.sources-only=true}, then
 * this test with {@code -Dnative.sources=target/native-sources}.
 */
@EnabledIfSystemProperty(named = "native.sources", matches = ".+")
class NativeConfigurationTest {

    private static final String OURS = "dk.telecomx.pbx.";

    private static Path sources;
    private static JarFile jar;
    private static JsonNode reflection;
    private static JsonNode resources;

    @BeforeAll
    static void read() throws IOException {
        sources = Path.of(System.getProperty("native.sources"));
        try (Stream<Path> files = Files.list(sources)) {
            jar = new JarFile(files.filter(file -> file.toString().endsWith("-runner.jar"))
                    .findFirst()
                    .orElseThrow()
                    .toFile());
        }
        reflection = json("META-INF/native-image/reflect-config.json");
        resources = json("META-INF/native-image/resource-config.json");
    }

    @AfterAll
    static void close() throws IOException {
        jar.close();
    }

    /** What Jackson writes: the view, and whatever can be in it. */
    static Set<Class<?>> writtenAsJson() throws ClassNotFoundException {
        Set<Class<?>> found = new LinkedHashSet<>();
        collect(Class.forName(OURS + "group.GroupView"), found);
        return found;
    }

    private static void collect(Type type, Set<Class<?>> found) {
        if (type instanceof ParameterizedType generic) {
            for (Type argument : generic.getActualTypeArguments()) {
                collect(argument, found);
            }
        } else if (type instanceof Class<?> known && known.getName().startsWith(OURS) && found.add(known)) {
            if (known.isRecord()) {
                for (RecordComponent component : known.getRecordComponents()) {
                    collect(component.getGenericType(), found);
                }
            }
            if (known.isSealed()) {
                for (Class<?> permitted : known.getPermittedSubclasses()) {
                    collect(permitted, found);
                }
            }
        }
    }

    @Test
    void knowsWhatIsWritten() throws ClassNotFoundException {
        assertThat(writtenAsJson())
                .extracting(type -> type.getName().substring(OURS.length()))
                .containsExactlyInAnyOrder(
                        "group.GroupView",
                        "group.Reference",
                        "group.Reference$Id",
                        "group.Reference$Extension",
                        "group.Reference$Goto");
    }

    @ParameterizedTest
    @MethodSource("writtenAsJson")
    void reflectsOnWhatIsWritten(Class<?> type) {
        assertReflectedOn(type.getName());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dialplan.DialplanItem", "customer.Customer"})
    void reflectsOnDocuments(String type) {
        assertReflectedOn(OURS + type);
    }

    /** Quarkus creates them by reflection. */
    @ParameterizedTest
    @ValueSource(strings = {"dialplan.DialplanItem$Codec", "customer.Customer$Codec"})
    void createsTheCodecsOfDocuments(String type) {
        assertReflectedOn(OURS + type, "allDeclaredConstructors");
    }

    private static void assertReflectedOn(String type) {
        assertReflectedOn(type, "allDeclaredConstructors", "allDeclaredMethods", "allDeclaredFields");
    }

    private static void assertReflectedOn(String type, String... what) {
        JsonNode entry = null;
        for (JsonNode candidate : reflection) {
            if (candidate.path("name").asText().equals(type)) {
                entry = candidate;
            }
        }
        assertThat(entry).as("reflection on %s", type).isNotNull();
        assertThat(List.of(what)).as("what is reflected on of %s", type).allMatch(entry::has);
    }

    @Test
    void includesTheApiDescription() throws IOException {
        String document = "META-INF/quarkus-generated-openapi-doc.JSON";
        assertThat(json(document).path("paths").has("/pbx/group/{id}")).isTrue();
        assertThat(resources.toString()).contains(document);
    }

    @Test
    void leavesOutWhatIsForDevelopment() throws IOException {
        List<String> names = new ArrayList<>();
        jar.stream().filter(entry -> !entry.isDirectory()).forEach(entry -> names.add(entry.getName()));
        assertThat(names).noneMatch(name -> name.startsWith("dk/telecomx/pbx/demo/") || name.startsWith("demo/"));
        assertThat(reflection.toString()).doesNotContain(OURS + "demo.");
        assertThat(resources.toString()).doesNotContain("demo/");
        try (Stream<Path> libraries = Files.list(sources.resolve("lib"))) {
            assertThat(libraries.map(library -> library.getFileName().toString()))
                    .isNotEmpty()
                    .noneMatch(name -> name.contains("bwaldvogel") || name.contains("smallrye-jwt-build"));
        }
    }

    @Test
    void runsOnMachinesOtherThanTheBuilders() throws IOException {
        assertThat(arguments()).contains("-march=compatibility", "--no-fallback");
    }

    /** To the host of the keys, to the database, and to a collector. */
    @Test
    void speaksTls() throws IOException {
        assertThat(arguments())
                .filteredOn(argument -> argument.startsWith("--enable-url-protocols="))
                .singleElement()
                .satisfies(argument -> assertThat(argument.split("[=,]")).contains("https"));
        assertThat(initializedWhenItRuns()).contains("io.netty.handler.ssl.util.ThreadLocalInsecureRandom");
    }

    /** By SCRAM, which the driver does itself; the algorithms come with the executable as long as nobody turns that off. */
    @Test
    void logsInToTheDatabase() throws IOException {
        assertThat(arguments()).noneMatch(argument -> argument.contains("EnableSecurityServicesFeature"));
        try (Stream<Path> libraries = Files.list(sources.resolve("lib"))) {
            Path driver = libraries
                    .filter(library -> library.getFileName().toString().contains("mongodb-driver-core"))
                    .findFirst()
                    .orElseThrow();
            try (JarFile classes = new JarFile(driver.toFile())) {
                assertThat(classes.getEntry("com/mongodb/internal/connection/ScramShaAuthenticator.class"))
                        .isNotNull();
            }
        }
        assertReflectedOn("io.quarkus.mongodb.runtime.dns.MongoDnsClientProvider", "allDeclaredConstructors");
        assertThat(resources.toString()).contains("META-INF/services/com.mongodb.spi.dns.DnsClientProvider");
    }

    @Test
    void traces() throws IOException {
        assertReflectedOn("io.quarkus.opentelemetry.runtime.tracing.spi.SpanExporterCDIProvider", "methods");
        assertThat(resources.toString())
                .contains(
                        "META-INF/services/io.opentelemetry.context.ContextStorageProvider",
                        "META-INF/services/io.opentelemetry.sdk.autoconfigure.spi.traces.ConfigurableSpanExporterProvider",
                        "META-INF/services/io.opentelemetry.sdk.autoconfigure.spi.AutoConfigurationCustomizerProvider");
        assertThat(initializedWhenItRuns()).contains("io.opentelemetry.sdk.autoconfigure.TracerProviderConfiguration");
    }

    private static List<String> arguments() throws IOException {
        return List.of(Files.readString(sources.resolve("native-image.args")).split("\\s+"));
    }

    /** The class that says so to native-image, as Latin-1. */
    private static String initializedWhenItRuns() throws IOException {
        try (InputStream feature = jar.getInputStream(jar.getJarEntry("io/quarkus/runner/Feature.class"))) {
            return new String(feature.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static JsonNode json(String entry) throws IOException {
        try (InputStream content = jar.getInputStream(jar.getJarEntry(entry))) {
            return new ObjectMapper().readTree(new String(content.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
