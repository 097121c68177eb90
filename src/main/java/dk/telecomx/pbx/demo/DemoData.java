package dk.telecomx.pbx.demo;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOptions;
import io.quarkus.arc.profile.IfBuildProfile;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.types.ObjectId;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The documents of demo/*.json, in Extended JSON; and the extensions of the one group that is too large to write down. */
@ApplicationScoped
@IfBuildProfile("dev")
class DemoData {

    private static final ObjectId EVERYBODY = new ObjectId("65f000000000000000000305");
    private static final int EVERYBODY_COUNT = 1000;
    private static final String CUSTOMERS = "demo/customers.json";
    private static final String DIALPLANS = "demo/dialplans.json";

    private final MongoClient client;
    private final String database;

    DemoData(MongoClient client, @ConfigProperty(name = "quarkus.mongodb.database") String database) {
        this.client = client;
        this.database = database;
    }

    /** Writes each document, in the place of one with the same id; any other is left alone. */
    void load() {
        List<BsonDocument> items = documents(DIALPLANS);
        items.addAll(extensionsOfEverybody(items));
        write(collection("PbxDialplans"), items);
        write(collection("Customers"), documents(CUSTOMERS));
    }

    /** Whether the first of the customers is there. */
    boolean isLoaded() {
        return collection("Customers")
                        .countDocuments(
                                Filters.eq("_id", documents(CUSTOMERS).get(0).get("_id")))
                > 0;
    }

    /** For the page: customers by id, and what one can ask for. */
    JsonObject described() {
        JsonArray groups = new JsonArray();
        for (BsonDocument item : documents(DIALPLANS)) {
            if (item.getString("type").getValue().equals("GROUP")) {
                groups.add(new JsonObject()
                        .put("id", id(item, "_id"))
                        .put("name", item.getString("name").getValue())
                        .put("owner", id(item, "customer")));
            }
        }
        return new JsonObject()
                .put("loaded", isLoaded())
                .put("customers", customerNames())
                .put("groups", groups);
    }

    static Map<String, Object> customerNames() {
        Map<String, Object> names = new LinkedHashMap<>();
        documents(CUSTOMERS)
                .forEach(customer -> names.put(
                        id(customer, "_id"), customer.getString("name").getValue()));
        return names;
    }

    private static String id(BsonDocument document, String field) {
        return document.getObjectId(field).getValue().toHexString();
    }

    private MongoCollection<BsonDocument> collection(String name) {
        return client.getDatabase(database).getCollection(name, BsonDocument.class);
    }

    private static void write(MongoCollection<BsonDocument> collection, List<BsonDocument> documents) {
        // One by one: all at once takes some databases longer than the service's time limit for a query.
        for (BsonDocument document : documents) {
            collection.replaceOne(Filters.eq("_id", document.get("_id")), document, new ReplaceOptions().upsert(true));
        }
    }

    private static List<BsonDocument> documents(String resource) {
        List<BsonDocument> documents = new ArrayList<>();
        BsonArray.parse(text(resource)).forEach(document -> documents.add(document.asDocument()));
        return documents;
    }

    static List<JsonObject> objects(String resource) {
        return new JsonArray(text(resource))
                .stream().map(JsonObject.class::cast).toList();
    }

    /** Puts a thousand extensions into the group that has none in the file. */
    private static List<BsonDocument> extensionsOfEverybody(List<BsonDocument> items) {
        BsonDocument everybody = items.stream()
                .filter(item -> item.getObjectId("_id").getValue().equals(EVERYBODY))
                .findFirst()
                .orElseThrow();
        List<BsonDocument> extensions = new ArrayList<>(EVERYBODY_COUNT);
        BsonArray members = everybody.getArray("members");
        for (int i = 0; i < EVERYBODY_COUNT; i++) {
            BsonObjectId id = new BsonObjectId(new ObjectId("65f000000000000001%06x".formatted(i)));
            members.add(id);
            extensions.add(new BsonDocument("_id", id)
                    .append("type", new BsonString("EXTENSION"))
                    .append("customer", everybody.get("customer"))
                    .append("number", new BsonString(String.valueOf(10000 + i)))
                    .append("name", new BsonString("Desk " + (i + 1))));
        }
        return extensions;
    }

    static String text(String resource) {
        try (InputStream in = Thread.currentThread().getContextClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("no " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
