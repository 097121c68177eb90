import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import java.util.List;
import org.bson.Document;

/** Prepares the database. Arguments: a connection string, and JSON: a command, or {collection: [document]}, which is stored. */
class Administer {

    public static void main(String[] args) {
        Document work = Document.parse(args[1]);
        try (MongoClient client = MongoClients.create(args[0])) {
            MongoDatabase database = client.getDatabase("pbx");
            if (work.values().stream().allMatch(List.class::isInstance)) {
                work.keySet().forEach(name -> database.getCollection(name).insertMany(work.getList(name, Document.class)));
            } else {
                database.runCommand(work);
            }
        }
    }
}
