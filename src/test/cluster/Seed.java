import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import java.util.List;
import org.bson.Document;
import org.bson.types.ObjectId;

/** Stores one group with its extension and its customer. Arguments: connection string, and the ids of group, extension, customer. */
class Seed {

    public static void main(String[] args) {
        ObjectId group = new ObjectId(args[1]);
        ObjectId extension = new ObjectId(args[2]);
        ObjectId customer = new ObjectId(args[3]);
        try (MongoClient client = MongoClients.create(args[0])) {
            MongoDatabase pbx = client.getDatabase("pbx");
            pbx.getCollection("Customers").insertOne(new Document("_id", customer).append("name", "Cluster"));
            pbx.getCollection("PbxDialplans")
                    .insertMany(List.of(
                            new Document("_id", extension)
                                    .append("type", "EXTENSION")
                                    .append("customer", customer)
                                    .append("number", "101")
                                    .append("name", "Ada"),
                            new Document("_id", group)
                                    .append("type", "GROUP")
                                    .append("customer", customer)
                                    .append("name", "Support")
                                    .append("members", List.of(extension))));
        }
    }
}
