package dk.telecomx.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** That every answer of the other tests is held against the description is seen to by {@link Requests}. */
@QuarkusTest
class OpenApiTest {

    private static final String OPERATION = "/paths/~1pbx~1group~1{id}/get";

    @Test
    void documentsEveryStatusWithItsBody() {
        JsonNode responses = OpenApi.ofTheService().document().at(OPERATION + "/responses");

        assertThat(names(responses))
                .containsExactlyInAnyOrder("200", "304", "400", "401", "403", "404", "405", "500", "503");
        for (String status : List.of("400", "401", "403", "404", "405", "500", "503")) {
            JsonNode content = responses.get(status).at("/content/application~1json");
            assertThat(content.at("/schema/$ref").asText()).as(status).isEqualTo("#/components/schemas/ApiError");
        }
        assertThat(responses.at("/200/content/application~1json/schema/$ref").asText())
                .isEqualTo("#/components/schemas/Group");
    }

    @Test
    void givesExamplesThatItAllowsItself() {
        OpenApi api = OpenApi.ofTheService();
        JsonNode responses = api.document().at(OPERATION + "/responses");
        for (String status : names(responses)) {
            List<String> examples = examples(responses.get(status).at("/content/application~1json"));
            if (!status.equals("304")) {
                assertThat(examples).as(status).isNotEmpty();
            }
            for (String example : examples) {
                assertThat(status.equals("200") ? api.faultsOfGroup(example) : api.faultsOfError(example))
                        .as(status)
                        .isEmpty();
                if (!status.equals("200")) {
                    assertThat(example).contains("\"status\":" + status);
                }
            }
        }
    }

    @Test
    void describesEveryProperty() {
        JsonNode schemas = OpenApi.ofTheService().document().at("/components/schemas");

        List<String> silent = new ArrayList<>();
        for (String schema : names(schemas)) {
            for (String property : names(schemas.get(schema).path("properties"))) {
                JsonNode described = schemas.get(schema).get("properties").get(property);
                JsonNode target = described.has("$ref")
                        ? OpenApi.ofTheService()
                                .document()
                                .at(described.get("$ref").asText().substring(1))
                        : described;
                if (!described.has("description") && !target.has("description")) {
                    silent.add(schema + "." + property);
                }
            }
        }
        assertThat(names(schemas)).contains("Group");
        assertThat(silent).isEmpty();
    }

    /** Generators map a union by its name; the null belongs inside, or they make a second union around it. */
    @Test
    void namesItsUnions() {
        JsonNode schemas = OpenApi.ofTheService().document().at("/components/schemas");
        JsonNode group = schemas.at("/Group/properties");

        assertThat(group.at("/members/items/$ref").asText()).isEqualTo("#/components/schemas/IdOrExtension");
        assertThat(group.at("/controllers/items/$ref").asText()).isEqualTo("#/components/schemas/IdOrExtension");
        assertThat(group.at("/timeoutGoto/$ref").asText()).isEqualTo("#/components/schemas/IdOrGoto");
        assertThat(schemas.at("/IdOrExtension/oneOf")).hasSize(2);
        assertThat(schemas.at("/IdOrGoto/oneOf/2/type").asText()).isEqualTo("null");
    }

    @Test
    void saysThatErrorsAreNotStored() {
        JsonNode responses = OpenApi.ofTheService().document().at(OPERATION + "/responses");

        for (String status : names(responses)) {
            String header = status.startsWith("2") || status.startsWith("3") ? "Cache-Control" : "No-Store";
            assertThat(responses.get(status).at("/headers/Cache-Control/$ref").asText())
                    .as(status)
                    .isEqualTo("#/components/headers/" + header);
        }
    }

    @Test
    void demandsABearerToken() {
        JsonNode document = OpenApi.ofTheService().document();
        List<JsonNode> schemes = new ArrayList<>();
        document.at("/components/securitySchemes").forEach(schemes::add);

        assertThat(schemes).singleElement().satisfies(scheme -> {
            assertThat(scheme.get("type").asText()).isEqualTo("http");
            assertThat(scheme.get("scheme").asText()).isEqualTo("bearer");
        });
        assertThat(document.get("security")).isNotNull();
    }

    @Test
    void refusesWhatTheServiceMustNotSend() {
        OpenApi api = OpenApi.ofTheService();
        String group = Requests.get(Requests.group(Fixtures.SUPPORT)).asString();
        assertThat(api.faultsOfGroup(group)).isEmpty();

        for (String wrong : List.of(
                group.replace("\"type\":\"GROUP\",", ""),
                group.replace("\"type\":\"GROUP\"", "\"type\":\"QUEUE\""),
                group.replace("{\"_id\"", "{\"secret\":1,\"_id\""),
                group.replace("\"ringTime\":25", "\"ringTime\":\"25\""),
                group.replace("\"SEQUENTIAL\"", "\"ROUND_ROBIN\""),
                group.replace("\"" + Fixtures.CARL + "\"", "{\"_id\":\"" + Fixtures.CARL + "\"}"),
                group.replace("\"" + Fixtures.CARL + "\"", "null"),
                group.replace(Fixtures.QUEUE.toHexString(), "5F0ACC000000000000000015"),
                group.replace("\"steal\":false", "\"steal\":null"))) {
            assertThat(wrong).isNotEqualTo(group);
            assertThat(api.faultsOfGroup(wrong)).as(wrong).isNotEmpty();
        }
        assertThat(api.faultsOfError("{\"error\":{\"message\":\"x\",\"code\":\"not_found\"}}"))
                .isNotEmpty();
        assertThat(api.faultsOfError("{\"error\":{\"message\":\"x\",\"code\":\"odd\",\"status\":404}}"))
                .isNotEmpty();
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<String> examples(JsonNode content) {
        List<String> examples = new ArrayList<>();
        if (content.has("example")) {
            examples.add(content.get("example").toString());
        }
        content.path("examples")
                .forEach(example -> examples.add(example.get("value").toString()));
        return examples;
    }
}
