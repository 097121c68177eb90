package dk.telecomx.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The bill of materials (CycloneDX) that each build writes beside the packaged service. */
@EnabledIf("isPackagedAsJars")
class SbomIT {

    private static final Path PACKAGED = Path.of("target/quarkus-app");
    private static final Path SBOM = Path.of("target/quarkus-run-cyclonedx.json");

    private static JsonNode sbom;

    static boolean isPackagedAsJars() {
        return System.getProperty("native") == null;
    }

    @BeforeAll
    static void read() throws IOException {
        sbom = new ObjectMapper().readTree(SBOM.toFile());
    }

    @Test
    void isOfThisService() {
        assertThat(sbom.path("bomFormat").asText()).isEqualTo("CycloneDX");
        assertThat(stream(sbom.path("components"))
                        .map(component -> component.path("purl").asText()))
                .anyMatch(purl -> purl.startsWith("pkg:maven/dk.telecomx/pbx-group@"));
    }

    @Test
    void namesWhatTheServiceStandsOn() {
        assertThat(packaged().map(component -> component.path("name").asText()))
                .contains(
                        "quarkus-rest-jackson",
                        "quarkus-mongodb-panache",
                        "mongodb-driver-reactivestreams",
                        "quarkus-smallrye-jwt",
                        "jose4j",
                        "netty-handler",
                        "caffeine")
                .doesNotContain("mongo-java-server", "quarkus-smallrye-jwt-build");
    }

    /** The service once shipped a Netty that takes control characters before a method for nothing. */
    @Test
    void hasNoLibraryOlderThanItsMinimum() throws IOException {
        List<String> minima = Files.readAllLines(Path.of("src/main/security/minimum-versions.tsv")).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();
        assertThat(minima).isNotEmpty();
        for (String minimum : minima) {
            String[] fields = minimum.split("\t", -1);
            List<ModuleDescriptor.Version> shipped = packaged()
                    .filter(component -> (component.path("group").asText() + ":"
                                    + component.path("name").asText())
                            .startsWith(fields[0]))
                    .map(component -> ModuleDescriptor.Version.parse(
                            component.path("version").asText()))
                    .toList();
            assertThat(shipped)
                    .as(minimum)
                    .isNotEmpty()
                    .allMatch(version -> version.compareTo(ModuleDescriptor.Version.parse(fields[1])) >= 0);
        }
    }

    @Test
    void knowsWhereEachLibraryComesFrom() throws IOException {
        Set<String> libraries;
        try (Stream<Path> files = Files.walk(PACKAGED.resolve("lib"))) {
            libraries = files.filter(file -> file.toString().endsWith(".jar"))
                    .map(file -> PACKAGED.relativize(file).toString())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
        assertThat(libraries).isNotEmpty().isSubsetOf(locations());
    }

    /** Of the components those that are in the artifact; others are named that the build was asked to leave out. */
    private static Stream<JsonNode> packaged() {
        return stream(sbom.path("components"))
                .filter(component -> !component.at("/evidence/occurrences").isEmpty());
    }

    private static Set<String> locations() {
        return stream(sbom.path("components"))
                .flatMap(component -> stream(component.at("/evidence/occurrences")))
                .map(occurrence -> occurrence.path("location").asText())
                .collect(Collectors.toSet());
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        Stream.Builder<JsonNode> elements = Stream.builder();
        array.forEach(elements::add);
        return elements.build();
    }
}
