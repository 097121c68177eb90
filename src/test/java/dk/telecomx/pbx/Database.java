package dk.telecomx.pbx;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.ReplaceOptions;
import java.util.List;
import java.util.Objects;
import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/** What the PBX would write: the tests' way into the database that {@link TestDatabase} started. */
public final class Database {

    // By system property, since the test resource and the tests may be loaded by different class loaders.
    private static final String CONNECTION = "pbx.test.connection-string";
    private static final String NAME = "pbx.test.database";

    private static @Nullable MongoClient client;
    private static @Nullable String connected;

    private Database() {}

    static void use(String connection, String name) {
        System.setProperty(CONNECTION, connection);
        System.setProperty(NAME, name);
    }

    /** The connection string of the database in use. */
    public static String connection() {
        return Objects.requireNonNull(System.getProperty(CONNECTION), "no test database was started");
    }

    /** The name of the database in use. */
    public static String name() {
        return Objects.requireNonNull(System.getProperty(NAME), "no test database was started");
    }

    static synchronized void close() {
        if (client != null) {
            client.close();
        }
        client = null;
    }

    private static synchronized MongoCollection<Document> collection(String collection) {
        if (client == null || !connection().equals(connected)) {
            close();
            connected = connection();
            client = MongoClients.create(connected);
        }
        return client.getDatabase(name()).getCollection(collection);
    }

    /** Stores a dialplan item, in place of the one with its id if there is one. */
    public static ObjectId put(Document item) {
        return put("PbxDialplans", item);
    }

    /** Stores a customer, in place of the one with its id if there is one. */
    public static ObjectId putCustomer(Document customer) {
        return put("Customers", customer);
    }

    /** Stores a new dialplan item of any shape. */
    public static void put(BsonDocument item) {
        collection("PbxDialplans").withDocumentClass(BsonDocument.class).insertOne(item);
    }

    private static ObjectId put(String collection, Document document) {
        ObjectId id = document.getObjectId("_id");
        collection(collection).replaceOne(eq("_id", id), document, new ReplaceOptions().upsert(true));
        return id;
    }

    /** Stores many new dialplan items. */
    public static void add(List<Document> items) {
        collection("PbxDialplans").insertMany(items);
    }

    /** Changes a dialplan item. */
    public static void change(ObjectId id, Bson update) {
        collection("PbxDialplans").updateOne(eq("_id", id), update);
    }

    /** Changes a customer. */
    public static void changeCustomer(ObjectId id, Bson update) {
        collection("Customers").updateOne(eq("_id", id), update);
    }

    /** Removes many dialplan items: a database that reads all of a collection for each query is not left with thousands. */
    public static void removeAll(List<ObjectId> ids) {
        collection("PbxDialplans").deleteMany(in("_id", ids));
    }

    /** Removes a dialplan item. */
    public static void remove(ObjectId id) {
        collection("PbxDialplans").deleteOne(eq("_id", id));
    }
}
