import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.RawBsonDocument;

/**
 * Replaces the collections of a database by what it reads: a line for each document, the collection's name, a tab, the document as
 * extended JSON.
 *
 * <p>Usage: {@code Load CONNECTION_STRING DATABASE < documents}.
 */
class Load {

    private static final int BATCH = 5000;

    public static void main(String[] args) throws IOException {
        try (MongoClient client = MongoClients.create(args[0]);
                BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            MongoDatabase database = client.getDatabase(args[1]);
            Map<String, List<RawBsonDocument>> batches = new HashMap<>();
            for (String line; (line = lines.readLine()) != null; ) {
                int tab = line.indexOf('\t');
                String collection = line.substring(0, tab);
                List<RawBsonDocument> batch = batches.computeIfAbsent(collection, first -> {
                    database.getCollection(first).drop();
                    return new ArrayList<>();
                });
                batch.add(RawBsonDocument.parse(line.substring(tab + 1)));
                if (batch.size() == BATCH) {
                    insert(database, collection, batch);
                }
            }
            batches.forEach((collection, batch) -> insert(database, collection, batch));
        }
    }

    private static void insert(MongoDatabase database, String collection, List<RawBsonDocument> batch) {
        if (!batch.isEmpty()) {
            database.getCollection(collection, RawBsonDocument.class).insertMany(batch);
            batch.clear();
        }
    }
}
