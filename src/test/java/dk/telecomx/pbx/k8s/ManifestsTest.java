package dk.telecomx.pbx.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The overlays keep every rule, and each fault of src/test/cluster/broken breaks the one it names, so each rule is seen to refuse
 * something. (Faults that an API server refuses are for src/test/cluster/run.)
 */
class ManifestsTest {

    private static final Path BROKEN = Path.of("src/test/cluster/broken");
    private static final Rules RULES = new Rules(new Application());

    @ParameterizedTest
    @ValueSource(strings = {"dev", "production"})
    void keepsEveryRule(String overlay) {
        assertThat(RULES.brokenBy(Kubectl.kustomize(Path.of("k8s/overlays", overlay))))
                .isEmpty();
    }

    @Test
    void keepsEveryRuleWithTraces(@TempDir Path folder) throws IOException {
        Trees.copy(Path.of("k8s"), folder);
        Path overlay = Files.createDirectories(folder.resolve("overlays/traced"));
        Files.writeString(
                overlay.resolve("kustomization.yaml"),
                "resources: [../production]\ncomponents: [../../components/tracing]\n");

        Manifests traced = Kubectl.kustomize(overlay);

        assertThat(RULES.brokenBy(traced)).isEmpty();
        assertThat(traced.settings())
                .containsEntry("QUARKUS_OTEL_SDK_DISABLED", "false")
                .containsEntry("QUARKUS_MONGODB_DATABASE", "pbx");
    }

    @ParameterizedTest
    @MethodSource("faults")
    void findsTheFault(Path fault, @TempDir Path folder) throws IOException {
        List<String> lines = Files.readAllLines(fault);
        Trees.copy(Path.of("k8s"), folder);
        Path overlay = Files.createDirectories(folder.resolve("overlays/broken"));
        Files.copy(fault, overlay.resolve("fault.yaml"));
        Files.writeString(
                overlay.resolve("kustomization.yaml"),
                "resources: [../production]\npatches: [{path: fault.yaml, target: " + target(lines) + "}]\n");

        assertThat(RULES.brokenBy(Kubectl.kustomize(overlay))).containsOnlyKeys(rule(lines));
    }

    @Test
    void hasAFaultForEachRule() throws IOException {
        TreeSet<String> refusing = new TreeSet<>();
        for (Path fault : faults().toList()) {
            refusing.add(rule(Files.readAllLines(fault)));
        }
        assertThat(RULES.names()).containsExactlyInAnyOrderElementsOf(refusing);
    }

    static Stream<Path> faults() throws IOException {
        try (Stream<Path> files = Files.list(BROKEN)) {
            return files.filter(file -> !rule(Trees.lines(file)).equals("server")).sorted().toList().stream();
        }
    }

    private static String rule(List<String> lines) {
        return lines.get(0).replace("# refused by ", "");
    }

    /** A kind, and where it is not pbx-group a name. */
    private static String target(List<String> lines) {
        String[] words = lines.get(1).replace("# patches ", "").split(" ", -1);
        return "{kind: " + words[0] + ", name: " + (words.length > 1 ? words[1] : "pbx-group") + "}";
    }
}
