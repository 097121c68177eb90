import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bson.Document;

/** Stores documents. Arguments: a connection string, and a file of {collection: [document]}. */
class Seed {

    public static void main(String[] args) throws IOException {
        Document seed = Document.parse(Files.readString(Path.of(args[1])));
        try (MongoClient client = MongoClients.create(args[0])) {
            for (String collection : seed.keySet()) {
                client.getDatabase("pbx").getCollection(collection).insertMany(seed.getList(collection, Document.class));
            }
        }
    }
}
