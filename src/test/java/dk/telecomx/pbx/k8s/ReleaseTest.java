package dk.telecomx.pbx.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code k8s/release}: the production overlay leaves it with an image by digest and nothing to fill in, or not at all. */
class ReleaseTest {

    private static final String IMAGE = "registry.telecomx.dk/pbx-group@sha256:" + "0123456789abcdef".repeat(4);

    private Installation installation;

    /** As if nobody had filled anything in yet. The ways in, which production lacks then, have a host name to fill in, too. */
    @BeforeEach
    void empty(@TempDir Path folder) {
        installation = new Installation(folder)
                .add("monitoring")
                .remove("gateway-api")
                .remove("ingress")
                .edit(
                        "installation.env",
                        "(?m)^(MP_JWT_VERIFY_(?:ISSUER|PUBLICKEY_LOCATION)=).*",
                        "$1https://login.invalid")
                .edit("cluster.yaml", "(?m)^( *runbooks:).*", "$1 runbooks.invalid")
                .change("networkpolicy-database.yaml", policy -> leadTo("192.0.2.0/28", policy))
                .change("networkpolicy-keys.yaml", policy -> leadTo("192.0.2.128/28", policy));
    }

    private static void leadTo(String addresses, ObjectNode policy) {
        policy.withArray("/spec/egress/0/to")
                .removeAll()
                .addObject()
                .putObject("ipBlock")
                .put("cidr", addresses);
    }

    @Test
    void hasOneVersionInThePomAndTheChangelog() throws IOException {
        String version = first("(?m)^  <version>(.*)</version>", "pom.xml");

        assertThat(version).matches("\\d+\\.\\d+\\.\\d+");
        assertThat(first("(?m)^## \\[(.*?)]", "CHANGELOG.md")).isEqualTo(version);
    }

    private static String first(String pattern, String file) throws IOException {
        return Pattern.compile(pattern)
                .matcher(Files.readString(Path.of(file)))
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
    }

    @Test
    void setsTheImageByDigest() {
        fillIn();

        assertThat(release(IMAGE).status()).isZero();
        assertThat(installation.rendered().container().path("image").asText()).isEqualTo(IMAGE);
        assertThat(release("--check").status()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "registry.telecomx.dk/pbx-group:1.0.0",
                "registry.telecomx.dk/pbx-group:latest",
                "registry.telecomx.dk/pbx-group",
                "registry.telecomx.dk/pbx-group@sha256:0123",
                "registry.telecomx.dk/pbx-group@sha256:0000000000000000000000000000000000000000000000000000000000000000"
            })
    void refusesWhatIsNoDigest(String image) {
        fillIn();

        assertThat(release(image).status()).isNotZero();
    }

    @Test
    void refusesATagThatSomebodyWroteByHand() {
        fillIn();
        installation.edit("kustomization.yaml", "digest: .*", "newTag: 1.0.0");

        assertThat(release("--check").output()).contains("not set by digest");
    }

    @Test
    void namesWhatIsStillToBeFilledIn() {
        Kubectl.Run run = release(IMAGE);

        assertThat(run.status()).isNotZero();
        assertThat(run.output())
                .contains("MP_JWT_VERIFY_ISSUER", "MP_JWT_VERIFY_PUBLICKEY_LOCATION", "192.0.2.0/28", "192.0.2.128/28")
                .contains("runbook_url");
    }

    private void fillIn() {
        installation
                .edit("installation.env", "login\\.invalid", "login.telecomx.dk")
                .edit("cluster.yaml", "runbooks\\.invalid", "git.telecomx.dk/pbx-group/blob/main")
                .edit("networkpolicy-database.yaml", "192\\.0\\.2\\.", "10.20.30.")
                .edit("networkpolicy-keys.yaml", "192\\.0\\.2\\.", "10.20.30.");
    }

    private Kubectl.Run release(String argument) {
        return Kubectl.run(
                List.of(installation.k8s().resolve("release").toString(), argument),
                Kubectl.folder().toString());
    }
}
