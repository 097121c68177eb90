package dk.telecomx.pbx.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
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
    private static final String PORT = "\\bport: \\d+";
    private static final String PROXIES = "QUARKUS_PROXY_.*|.*_PROXY_CONFIGURATION_NAME";

    @ParameterizedTest
    @ValueSource(strings = {"dev", "production"})
    void keepsEveryRule(String overlay) {
        assertThat(RULES.brokenBy(Kubectl.kustomize(Path.of("k8s/overlays", overlay))))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("changes")
    void keepsEveryRuleAfterAChangeThatTheDocumentsDescribe(Consumer<Installation> change, @TempDir Path folder) {
        Installation installation = new Installation(folder);

        change.accept(installation);

        assertThat(RULES.brokenBy(installation.rendered())).isEmpty();
    }

    static Stream<Named<Consumer<Installation>>> changes() {
        return Stream.of(
                named("traces", it -> it.add("tracing")),
                named("the native image", it -> it.add("native")),
                named("an HTTPRoute", it -> it.add("gateway-api")),
                named("an Ingress", it -> it.add("ingress")),
                named("the database secret from a secret store", it -> it.add("external-secret")),
                named("no Prometheus operator", it -> it.remove("monitoring")),
                named("namespaces of other names", it -> it.edit("cluster.yaml", "Namespace: .*", "$0-2")),
                named(
                        "a registry that asks for a login",
                        it -> it.patch(
                                "ServiceAccount",
                                "- {op: add, path: /imagePullSecrets, value: [{name: pbx-group-registry}]}")),
                named(
                        "the database at another port",
                        it -> it.edit("networkpolicy-database.yaml", PORT, "port: 27018")),
                named("private CAs", ManifestsTest::setPrivateCas),
                named("a proxy", it -> it.set(
                                PROXIES, "QUARKUS_PROXY_HOST=proxy.example.com", "QUARKUS_PROXY_PORT=3128")
                        .edit("networkpolicy-keys.yaml", PORT, "port: 3128")),
                named("a proxy for the keys alone", it -> it.set(
                                PROXIES,
                                "QUARKUS_PROXY_KEYS_HOST=proxy.example.com",
                                "QUARKUS_PROXY_KEYS_PORT=3128",
                                "PBX_KEYS_PROXY_CONFIGURATION_NAME=keys")
                        .edit("networkpolicy-keys.yaml", PORT, "port: 3128")),
                named(
                        "audit records in a file",
                        it -> it.set(
                                "QUARKUS_LOG_.*",
                                "QUARKUS_LOG_HANDLER_FILE__AUDIT__ENABLED=true",
                                "QUARKUS_LOG_HANDLER_FILE__AUDIT__PATH=/var/log/pbx/audit.log",
                                "QUARKUS_LOG_CATEGORY__DK_TELECOMX_PBX_AUDIT__HANDLERS=audit",
                                "QUARKUS_LOG_CATEGORY__DK_TELECOMX_PBX_AUDIT__USE_PARENT_HANDLERS=false")));
    }

    private static void setPrivateCas(Installation installation) {
        installation
                .set(
                        "QUARKUS_TLS_.*|.*_TLS_CONFIGURATION_NAME",
                        "QUARKUS_TLS_KEYS_TRUST_STORE_PEM_CERTS=/etc/pbx/ca.pem",
                        "PBX_KEYS_TLS_CONFIGURATION_NAME=keys",
                        "QUARKUS_TLS_DATABASE_TRUST_STORE_PEM_CERTS=/etc/pbx/ca.pem",
                        "QUARKUS_MONGODB_TLS_CONFIGURATION_NAME=database")
                .generate("pbx-group-ca", "ca.pem", "-----BEGIN CERTIFICATE-----\n")
                .patch("Deployment", """
                        - {op: add, path: /spec/template/spec/volumes/-, value: {name: ca, configMap: {name: pbx-group-ca}}}
                        - {op: add, path: /spec/template/spec/containers/0/volumeMounts/-, value: {name: ca, mountPath: /etc/pbx, readOnly: true}}
                        """);
    }

    @Test
    void turnsTracesOnWithTheirComponentAndKeepsTheOtherSettings(@TempDir Path folder) {
        Installation installation = new Installation(folder);
        String database = installation.rendered().settings().get("QUARKUS_MONGODB_DATABASE");

        assertThat(installation.add("tracing").rendered().settings())
                .containsEntry("QUARKUS_OTEL_SDK_DISABLED", "false")
                .containsEntry("QUARKUS_MONGODB_DATABASE", database);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "KEYS_"})
    void refusesAWayPastTheProxy(String name, @TempDir Path folder) {
        Installation installation = new Installation(folder)
                .set(
                        PROXIES,
                        "QUARKUS_PROXY_%sHOST=proxy.example.com".formatted(name),
                        "QUARKUS_PROXY_%sPORT=3128".formatted(name),
                        name.isEmpty() ? "" : "PBX_KEYS_PROXY_CONFIGURATION_NAME=keys")
                .edit("networkpolicy-keys.yaml", PORT, "port: 443");

        assertThat(RULES.brokenBy(installation.rendered())).containsOnlyKeys("networkPolicyIsExact");
    }

    @ParameterizedTest
    @MethodSource("faults")
    void findsTheFault(Path fault, @TempDir Path folder) throws IOException {
        List<String> lines = Files.readAllLines(fault);
        // Some faults are of the monitoring, which an installation may not have.
        new Installation(folder).add("monitoring");
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
