package dk.telecomx.pbx;

import com.mongodb.client.MongoDatabase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * The samples that the tests tell of. What a test changes it makes for itself: nobody changes these.
 *
 * <pre>
 * NORDIC (reseller)                 BALTIC (reseller)
 * ├── ACME                          └── GDANSK
 * ├── BAKER
 * ├── CLOSED (blocked and deleted)
 * └── FJORD (sub-reseller)
 *     └── FERRY
 * </pre>
 */
public final class Fixtures {

    public static final ObjectId NORDIC = id(0x01);
    public static final ObjectId BALTIC = id(0x02);
    public static final ObjectId FJORD = id(0x03);
    public static final ObjectId ACME = id(0x04);
    public static final ObjectId BAKER = id(0x05);
    public static final ObjectId CLOSED = id(0x06);
    public static final ObjectId FERRY = id(0x07);
    public static final ObjectId GDANSK = id(0x08);
    /** The id of a customer that is not there. */
    public static final ObjectId NOBODY = id(0x0f);

    /** ACME's extensions. */
    public static final ObjectId ANNA = id(0x11);

    public static final ObjectId BO = id(0x12);
    public static final ObjectId CARL = id(0x13);
    /** An extension of ACME's with neither number nor name. */
    public static final ObjectId BLANK = id(0x14);
    /** ACME's queue: not an extension. */
    public static final ObjectId QUEUE = id(0x15);
    /** An extension of GDANSK's. */
    public static final ObjectId STRANGER = id(0x16);
    /** The id of an item that is not there. */
    public static final ObjectId GONE = id(0x1f);

    /** ACME's group, each field of which is in use. */
    public static final ObjectId SUPPORT = id(0x21);
    /** ACME's group of which nothing but its type and owner is stored. */
    public static final ObjectId BARE = id(0x22);
    /** ACME's group with references that resolve to nothing, each for another reason. */
    public static final ObjectId DANGLING = id(0x23);

    public static final ObjectId GROUP_OF_BAKER = id(0x24);
    public static final ObjectId GROUP_OF_NORDIC = id(0x25);
    public static final ObjectId GROUP_OF_FJORD = id(0x26);
    public static final ObjectId GROUP_OF_FERRY = id(0x27);
    public static final ObjectId GROUP_OF_ANOTHER_RESELLER = id(0x28);
    public static final ObjectId GROUP_OF_NOBODY = id(0x29);
    /** BAKER's group, with a list for a name. */
    public static final ObjectId UNREADABLE = id(0x2a);
    /** ACME's group of so many members, every second one of them GDANSK's. */
    public static final ObjectId CROWD = id(0x2b);
    /** GDANSK's group of the same members. */
    public static final ObjectId CROWD_OF_GDANSK = id(0x2c);

    private static final int MANY = 60;
    private static final int FIRST_OF_MANY = 0x80;

    /** What no log may hold: parts of names and numbers that occur nowhere else. */
    public static final List<String> PERSONAL = List.of("Quillon", "Zebedee", "4599001", "Yggdra");

    private Fixtures() {}

    /** Stores all of them in an empty database. */
    public static void storeIn(MongoDatabase database) {
        database.getCollection("Customers").insertMany(customers());
        database.getCollection("PbxDialplans").insertMany(items());
    }

    private static List<Document> customers() {
        return List.of(
                customer(NORDIC, null).append("isReseller", true),
                customer(BALTIC, null).append("isReseller", true),
                customer(FJORD, NORDIC).append("isReseller", true),
                customer(ACME, NORDIC),
                customer(BAKER, NORDIC),
                customer(CLOSED, NORDIC).append("blocked", true).append("deleted", true),
                customer(FERRY, FJORD),
                customer(GDANSK, BALTIC));
    }

    private static List<Document> items() {
        List<Document> items = new ArrayList<>(List.of(
                extension(ANNA, ACME, "101", "Anna"),
                extension(BO, ACME, "102", "Bo"),
                extension(CARL, ACME, "103", "Carl Ærø"),
                extension(BLANK, ACME, null, null),
                extension(STRANGER, GDANSK, "901", "Stranger"),
                item(QUEUE, "QUEUE", ACME).append("number", "700").append("name", "Evening queue"),
                support(),
                group(BARE, ACME),
                group(DANGLING, ACME)
                        .append("members", List.of(GONE, ANNA, STRANGER, QUEUE))
                        .append("controllers", List.of(STRANGER, BLANK))
                        .append("timeoutGoto", STRANGER),
                group(GROUP_OF_BAKER, BAKER),
                group(GROUP_OF_NORDIC, NORDIC),
                group(GROUP_OF_FJORD, FJORD),
                group(GROUP_OF_FERRY, FERRY),
                group(GROUP_OF_ANOTHER_RESELLER, GDANSK).append("name", "Shipyard"),
                group(GROUP_OF_NOBODY, null),
                group(UNREADABLE, BAKER).append("name", List.of("Quillon"))));
        List<ObjectId> members = IntStream.range(FIRST_OF_MANY, FIRST_OF_MANY + MANY)
                .mapToObj(Fixtures::id)
                .toList();
        for (int i = 0; i < MANY; i++) {
            items.add(extension(members.get(i), i % 2 == 0 ? ACME : GDANSK, "4599001" + (10 + i), "Zebedee " + i));
        }
        items.add(crowd(CROWD, ACME, members));
        items.add(crowd(CROWD_OF_GDANSK, GDANSK, members));
        return items;
    }

    private static Document crowd(ObjectId id, ObjectId customer, List<ObjectId> members) {
        return group(id, customer)
                .append("name", "Quillon support")
                .append("number", "459900199")
                .append("notes", "call Zebedee first")
                .append("members", members)
                .append("controllers", members.subList(0, 2))
                .append("pickup", true)
                .append("ringTime", 20)
                .append("timeoutGoto", members.get(0));
    }

    private static Document support() {
        Document group = group(SUPPORT, ACME)
                .append("name", "Support")
                .append("number", "800")
                .append("startAudio", id(0x31))
                .append("redirect", "+4570123456")
                .append("notes", "Weekdays only")
                .append("members", List.of(BO, ANNA, BO))
                .append("controllers", List.of(CARL))
                .append("strategy", "SEQUENTIAL")
                .append("ringTime", 25)
                .append("timeoutGoto", QUEUE);
        List.of("pickup", "spy", "queueMember", "sms", "writeCalendar", "writePhonebook")
                .forEach(right -> group.append(right, true));
        Arrays.asList("steal", "setPresence", "viewOtherParty", "readCalendar", "readPhonebook")
                .forEach(right -> group.append(right, false));
        return group;
    }

    /** A new id, as nothing stored has it. */
    public static ObjectId newId() {
        return new ObjectId();
    }

    /** A customer below that reseller. */
    public static Document customer(ObjectId id, @Nullable ObjectId parentReseller) {
        return new Document("_id", id).append("name", "Yggdra").append("parentReseller", parentReseller);
    }

    /** A group with nothing in it. */
    public static Document group(ObjectId id, @Nullable ObjectId customer) {
        return item(id, "GROUP", customer);
    }

    public static Document extension(ObjectId id, ObjectId customer, @Nullable String number, @Nullable String name) {
        return item(id, "EXTENSION", customer).append("number", number).append("name", name);
    }

    public static Document item(ObjectId id, String type, @Nullable ObjectId customer) {
        Document item = new Document("_id", id).append("type", type);
        return customer == null ? item : item.append("customer", customer);
    }

    private static ObjectId id(int last) {
        return new ObjectId(String.format("5f0acc0000000000000000%02x", last));
    }
}
