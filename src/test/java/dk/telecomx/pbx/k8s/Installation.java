package dk.telecomx.pbx.k8s;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A copy of k8s/ whose production overlay is changed as docs/deploy.md tells an installation to; it may have been changed so before. */
final class Installation {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final String SETTINGS = "installation.env";

    private final Path k8s;

    Installation(Path folder) {
        k8s = folder;
        try {
            Trees.copy(Path.of("k8s"), k8s);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    Path k8s() {
        return k8s;
    }

    Path production() {
        return k8s.resolve("overlays/production");
    }

    Manifests rendered() {
        return Kubectl.kustomize(production());
    }

    /** Adds it where it is missing: as the first one, since components/cluster is the last. */
    Installation add(String component) {
        String path = "../../components/" + component;
        return change("kustomization.yaml", overlay -> {
            ArrayNode components = overlay.withArray("components");
            if (Manifests.each(components).noneMatch(each -> each.asText().equals(path))) {
                components.insert(0, path);
            }
        });
    }

    Installation remove(String component) {
        return change("kustomization.yaml", overlay -> overlay.withArray("components")
                .removeIf(each -> each.asText().equals("../../components/" + component)));
    }

    /** Makes these settings, and no others of variables that match. */
    Installation set(String variables, String... settings) {
        Pattern replaced = Pattern.compile("(?:" + variables + ")=.*");
        List<String> others = Trees.lines(production().resolve(SETTINGS)).stream()
                .filter(line -> !replaced.matcher(line).matches())
                .toList();
        return write(
                SETTINGS,
                String.join(
                                "\n",
                                Stream.concat(others.stream(), Stream.of(settings))
                                        .toList()) + "\n");
    }

    /** Generates a config map of a file, where none of its name is generated yet. */
    Installation generate(String map, String file, String content) {
        return write(file, content).change("kustomization.yaml", overlay -> {
            ArrayNode maps = overlay.withArray("configMapGenerator");
            if (Manifests.each(maps)
                    .noneMatch(each -> each.path("name").asText().equals(map))) {
                maps.addObject().put("name", map).putArray("files").add(file);
            }
        });
    }

    /** A JSON patch of the object of that kind. */
    Installation patch(String kind, String patch) {
        return change("kustomization.yaml", overlay -> overlay.withArray("patches")
                .addObject()
                .put("patch", patch)
                .putObject("target")
                .put("kind", kind)
                .put("name", "pbx-group"));
    }

    Installation edit(String file, String pattern, String replacement) {
        Matcher found = Pattern.compile(pattern).matcher(read(file));
        if (!found.find()) {
            throw new IllegalStateException("not in " + file + ": " + pattern);
        }
        return write(file, found.replaceAll(replacement));
    }

    Installation change(String file, Consumer<ObjectNode> change) {
        try {
            ObjectNode content = YAML.readValue(read(file), ObjectNode.class);
            change.accept(content);
            return write(file, YAML.writeValueAsString(content));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private String read(String file) {
        return String.join("\n", Trees.lines(production().resolve(file))) + "\n";
    }

    private Installation write(String file, String content) {
        try {
            Files.writeString(production().resolve(file), content);
            return this;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
