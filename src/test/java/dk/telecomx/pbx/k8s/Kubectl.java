package dk.telecomx.pbx.k8s;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/**
 * Renders manifests with {@code kubectl kustomize}: the one of the machine, or the one beside the project. Where there is neither, the
 * test is skipped and says so, but for CI, where nothing else would look at the manifests.
 */
final class Kubectl {

    private static final Path PACKED = Path.of("../shared/tools/kube/bin/kubectl.xz");

    private Kubectl() {}

    static Manifests kustomize(Path folder) {
        Run run = run(List.of(program().toString(), "kustomize", folder.toString()), "");
        if (run.status() != 0) {
            throw new IllegalStateException(folder + " cannot be rendered: " + run.output());
        }
        return Manifests.parse(run.output());
    }

    /** The folder that kubectl is in, for the PATH of a script that needs it. */
    static Path folder() {
        return program().toAbsolutePath().resolveSibling("");
    }

    /** What a program printed, and its exit status. */
    record Run(int status, String output) {}

    static Run run(List<String> command, String addedToPath) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment()
                    .merge("PATH", addedToPath, (path, added) -> added.isEmpty() ? path : added + ":" + path);
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Run(process.waitFor(), output);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static synchronized Path program() {
        Path unpacked = Path.of("target/kubectl/kubectl");
        Optional<Path> found = Stream.concat(
                        Stream.of(System.getenv("PATH").split(":")).map(folder -> Path.of(folder, "kubectl")),
                        Stream.of(unpacked))
                .filter(Files::isExecutable)
                .findFirst();
        if (found.isPresent()) {
            return found.get();
        }
        if (!Files.isReadable(PACKED)) {
            if ("true".equals(System.getenv("CI"))) {
                throw new IllegalStateException("no kubectl in PATH, and no " + PACKED);
            }
            throw new TestAbortedException("SKIP: no kubectl in PATH, and no " + PACKED);
        }
        String unpack = "mkdir -p target/kubectl && xz -dc " + PACKED + " > " + unpacked + ".new && chmod 755 "
                + unpacked + ".new && mv " + unpacked + ".new " + unpacked;
        Run run = run(List.of("sh", "-c", unpack), "");
        if (run.status() != 0) {
            throw new IllegalStateException("kubectl cannot be unpacked: " + run.output());
        }
        return unpacked;
    }
}
