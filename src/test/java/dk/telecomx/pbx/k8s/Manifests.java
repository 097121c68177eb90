package dk.telecomx.pbx.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The objects of one rendered overlay. */
record Manifests(List<JsonNode> objects) {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    static Manifests parse(String yaml) {
        try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
            return new Manifests(documents.readAll());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    Stream<JsonNode> all(String kind) {
        return objects.stream().filter(object -> object.path("kind").asText().equals(kind));
    }

    /** The one of that kind that is named pbx-group, or starts so as generated maps do; a missing node if there is none. */
    JsonNode the(String kind) {
        return all(kind)
                .filter(object -> name(object).matches("pbx-group(-[0-9a-z]{10})?"))
                .findFirst()
                .orElse(YAML.missingNode());
    }

    JsonNode pod() {
        return the("Deployment").at("/spec/template");
    }

    JsonNode container() {
        return pod().at("/spec/containers/0");
    }

    /** The settings the container gets: of the config map and of its own list. A reference to a secret has no value here. */
    Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        the("ConfigMap")
                .path("data")
                .properties()
                .forEach(e -> settings.put(e.getKey(), e.getValue().asText()));
        container()
                .path("env")
                .forEach(e -> settings.put(name(e, "/name"), e.path("value").asText()));
        return settings;
    }

    boolean isProduction() {
        return the("Deployment").at("/metadata/namespace").asText().equals("pbx-group");
    }

    static String name(JsonNode object) {
        return name(object, "/metadata/name");
    }

    static String name(JsonNode object, String where) {
        return object.at(where).asText();
    }

    static Stream<JsonNode> each(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
