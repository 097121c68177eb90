package dk.telecomx.pbx.demo;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOptions;
import io.quarkus.arc.profile.IfBuildProfile;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.types.ObjectId;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The documents of demo/*.json, in Extended JSON; and the many extensions of the one group that is too large to write down. */
@ApplicationScoped
@IfBuildProfile("dev")
class DemoData {

    private static final ObjectId EVERYBODY = new ObjectId("65f000000000000000000305");
    private static final int EVERYBODY_COUNT = 3000;

    private final MongoClient client;
    private final String database;

    DemoData(MongoClient client, @ConfigProperty(name = "quarkus.mongodb.database") String database) {
        this.client = client;
        this.database = database;
    }

    /** Writes each document, in the place of one with the same id; any other is left alone. */
    void load() {
        MongoDatabase pbx = client.getDatabase(database);
        write(pbx.getCollection("Customers", BsonDocument.class), documents("demo/customers.json"));
        List<BsonDocument> items = documents("demo/dialplans.json");
        items.addAll(extensionsOfEverybody(items));
        write(pbx.getCollection("PbxDialplans", BsonDocument.class), items);
    }

    private static void write(MongoCollection<BsonDocument> collection, List<BsonDocument> documents) {
        for (BsonDocument document : documents) {
            collection.replaceOne(Filters.eq("_id", document.get("_id")), document, new ReplaceOptions().upsert(true));
        }
    }

    private static List<BsonDocument> documents(String resource) {
        List<BsonDocument> documents = new ArrayList<>();
        for (BsonValue document : BsonArray.parse(text(resource))) {
            documents.add(document.asDocument());
        }
        return documents;
    }

    /** Puts thousands of extensions into the group that has none in the file. */
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
