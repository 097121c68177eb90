package dk.telecomx.pbx;

import java.util.Arrays;
import java.util.List;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * The samples that the tests tell of. What a test changes it makes for itself: nobody changes the cast.
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
    /** BAKER's group, with a number for a name. */
    public static final ObjectId UNREADABLE = id(0x2a);

    private Fixtures() {}

    static void enter() {
        Database.putCustomer(customer(NORDIC, null).append("isReseller", true));
        Database.putCustomer(customer(BALTIC, null).append("isReseller", true));
        Database.putCustomer(customer(FJORD, NORDIC).append("isReseller", true));
        Database.putCustomer(customer(ACME, NORDIC));
        Database.putCustomer(customer(BAKER, NORDIC));
        Database.putCustomer(customer(CLOSED, NORDIC).append("blocked", true).append("deleted", true));
        Database.putCustomer(customer(FERRY, FJORD));
        Database.putCustomer(customer(GDANSK, BALTIC));
        Database.add(List.of(
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
                item(GROUP_OF_NOBODY, "GROUP", null),
                group(UNREADABLE, BAKER).append("name", 5)));
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
        return new Document("_id", id).append("name", "Customer").append("parentReseller", parentReseller);
    }

    /** A group with nothing in it. */
    public static Document group(ObjectId id, ObjectId customer) {
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
