package dk.telecomx.pbx;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.restassured.RestAssured;
import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Holds every answer against the service's own {@code /q/openapi}: a group against the schema {@code Group}, an error against
 * {@code ApiError}, wherever it comes from, and every status against those that the operation documents.
 */
public final class OpenApi implements Filter {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

    /** By the service's port: tests with another profile ask another service. */
    private static final Map<Integer, OpenApi> DOCUMENTS = new ConcurrentHashMap<>();

    private final JsonNode document;
    private final JsonSchema group;
    private final JsonSchema error;

    private OpenApi(JsonNode document) {
        this.document = document;
        this.group = schema("Group");
        this.error = schema("ApiError");
    }

    /** The description that the service under test publishes. */
    public static OpenApi ofTheService() {
        return DOCUMENTS.computeIfAbsent(RestAssured.port, port -> new OpenApi(fetch()));
    }

    private static JsonNode fetch() {
        Response response =
                RestAssured.given().noFilters().queryParam("format", "json").get("/q/openapi");
        if (response.statusCode() != 200) {
            throw new AssertionError("/q/openapi answered " + response.statusLine());
        }
        return read(response.asString());
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException unreadable) {
            throw new AssertionError("no JSON: " + json, unreadable);
        }
    }

    private JsonSchema schema(String name) {
        if (document.at("/components/schemas/" + name).isMissingNode()) {
            throw new AssertionError("/q/openapi has no schema " + name);
        }
        ObjectNode reference = document.deepCopy();
        reference.put("$ref", "#/components/schemas/" + name);
        return SCHEMAS.getSchema(reference);
    }

    /** The whole description. */
    public JsonNode document() {
        return document;
    }

    @Override
    public Response filter(
            FilterableRequestSpecification request, FilterableResponseSpecification expected, FilterContext context) {
        Response response = context.next(request, expected);
        if (request.getURI().contains("/pbx/group")) {
            check(request.getMethod(), response);
        } else if (response.statusCode() >= 400 && !request.getMethod().equals("HEAD")) {
            check(error, response.asString());
        }
        return response;
    }

    /** Fails if the description does not allow for that answer. */
    public void check(String method, Response response) {
        int status = response.statusCode();
        if (!method.equals("OPTIONS")) {
            JsonNode documented = document.at("/paths/~1pbx~1group~1{id}/get/responses/" + status);
            if (documented.isMissingNode()) {
                throw new AssertionError("/q/openapi knows no status " + status + " of " + method);
            }
        }
        String body = response.asString();
        if (method.equals("HEAD") || method.equals("OPTIONS") || status == 304) {
            return;
        }
        check(status == 200 ? group : error, body);
    }

    /** What the schema of groups has against that JSON; empty for nothing. */
    public String faultsOfGroup(String json) {
        return faults(group, json);
    }

    /** What the schema of errors has against that JSON; empty for nothing. */
    public String faultsOfError(String json) {
        return faults(error, json);
    }

    private static void check(JsonSchema schema, String json) {
        String faults = faults(schema, json);
        if (!faults.isEmpty()) {
            throw new AssertionError("/q/openapi does not allow " + json + ": " + faults);
        }
    }

    private static String faults(JsonSchema schema, String json) {
        var messages = schema.validate(json, InputFormat.JSON);
        return messages.isEmpty() ? "" : messages.toString();
    }
}
