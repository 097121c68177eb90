package dk.telecomx.pbx.faults;

import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.bson.types.ObjectId;

/** Who plays: two resellers with a customer each, and what these own. Names and numbers occur nowhere else, so that a log can be searched for them. */
final class Fixtures {

    static final String NORTH = id(0xa1);
    static final String SOUTH = id(0xa2);
    static final String NORTHERN_CUSTOMER = id(0xb1);
    static final String SOUTHERN_CUSTOMER = id(0xb2);
    static final String NORTHERN_GROUP = id(0xc1);
    static final String SOUTHERN_GROUP = id(0xc2);
    static final String UNREADABLE_GROUP = id(0xc3);
    static final String MISSING_GROUP = id(0xcf);

    static final int EXTENSIONS = 60;

    /** What no log may hold. */
    static final List<String> PERSONAL = List.of("Quillon", "Zebedee", "4599001", "Yggdra");

    private static final int FIRST_EXTENSION = 0x1000;

    private Fixtures() {}

    private static String id(int number) {
        return String.format("5f%022x", number);
    }

    private static ObjectId oid(String hex) {
        return new ObjectId(hex);
    }

    static List<Document> customers() {
        return List.of(
                new Document("_id", oid(NORTH)).append("name", "Yggdra North").append("isReseller", true),
                new Document("_id", oid(SOUTH)).append("name", "Yggdra South").append("isReseller", true),
                new Document("_id", oid(NORTHERN_CUSTOMER))
                        .append("name", "Quillon Ltd")
                        .append("parentReseller", oid(NORTH)),
                new Document("_id", oid(SOUTHERN_CUSTOMER))
                        .append("name", "Zebedee Ltd")
                        .append("parentReseller", oid(SOUTH)));
    }

    static List<Document> items() {
        List<Document> items = new ArrayList<>();
        List<ObjectId> members = new ArrayList<>();
        for (int i = 0; i < EXTENSIONS; i++) {
            ObjectId extension = oid(id(FIRST_EXTENSION + i));
            members.add(extension);
            items.add(new Document("_id", extension)
                    .append("type", "EXTENSION")
                    .append("customer", oid(i % 2 == 0 ? NORTHERN_CUSTOMER : SOUTHERN_CUSTOMER))
                    .append("number", "4599001" + (10 + i))
                    .append("name", "Zebedee " + i));
        }
        items.add(group(NORTHERN_GROUP, NORTHERN_CUSTOMER, members));
        items.add(group(SOUTHERN_GROUP, SOUTHERN_CUSTOMER, members));
        items.add(group(UNREADABLE_GROUP, NORTHERN_CUSTOMER, members).append("name", List.of("Quillon")));
        return items;
    }

    private static Document group(String id, String customer, List<ObjectId> members) {
        return new Document("_id", oid(id))
                .append("type", "GROUP")
                .append("customer", oid(customer))
                .append("name", "Quillon support")
                .append("number", "459900199")
                .append("notes", "call Zebedee first")
                .append("members", members)
                .append("controllers", members.subList(0, 2))
                .append("pickup", true)
                .append("ringTime", 20)
                .append("timeoutGoto", members.get(0));
    }
}
