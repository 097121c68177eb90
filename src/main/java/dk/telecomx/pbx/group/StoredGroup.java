package dk.telecomx.pbx.group;

import dk.telecomx.pbx.error.Failure.GroupUnreadable;
import dk.telecomx.pbx.mongo.LenientDecoder;
import io.quarkus.mongodb.panache.common.MongoEntity;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonReader;
import org.bson.BsonType;
import org.bson.RawBsonDocument;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * An item as the PBX stored it, which may be a group. Whether it is, and whose, can be asked at once; the group itself is for those who
 * may see it, and only they learn that it cannot be read.
 *
 * <p>Missing and null are the same. Any other type than the contract's (section 3) makes the group unreadable.
 *
 * @param isGroup whether its type is {@code GROUP}
 * @param customer the owner; a {@code customer} of another type is no customer
 * @param group the group, as far as it could be read
 * @param unreadable the first field that could not be, if any
 */
@MongoEntity(collection = "PbxDialplans")
record StoredGroup(
        boolean isGroup,
        @Nullable ObjectId customer,
        Group group,
        @Nullable String unreadable) {

    /** What is read of a stored group, besides its id. */
    static final String[] FIELDS = {
        "type",
        "customer",
        "name",
        "number",
        "startAudio",
        "redirect",
        "notes",
        "members",
        "controllers",
        "pickup",
        "steal",
        "spy",
        "setPresence",
        "queueMember",
        "viewOtherParty",
        "sms",
        "readCalendar",
        "writeCalendar",
        "readPhonebook",
        "writePhonebook",
        "strategy",
        "ringTime",
        "timeoutGoto"
    };

    static StoredGroup of(ObjectId id, RawBsonDocument stored) {
        return stored.decode(new Stored(id));
    }

    /** The group; fails with {@link GroupUnreadable}, which names the field. */
    Group read() {
        if (unreadable != null) {
            throw new GroupUnreadable(group.id().toHexString(), unreadable);
        }
        return group;
    }

    private static final class Stored extends LenientDecoder<StoredGroup> {

        /** Up to here a double that looks like a whole number is one exactly; beyond, what was meant is not known. */
        private static final double MAX_EXACT = 1L << 53;

        private final ObjectId id;
        private boolean isGroup;
        private @Nullable ObjectId customer;
        private @Nullable String name;
        private @Nullable String number;
        private @Nullable ObjectId startAudio;
        private @Nullable String redirect;
        private @Nullable String notes;
        private List<ObjectId> members = List.of();
        private List<ObjectId> controllers = List.of();
        private boolean pickup;
        private boolean steal;
        private boolean spy;
        private boolean setPresence;
        private boolean queueMember;
        private boolean viewOtherParty;
        private boolean sms;
        private boolean readCalendar;
        private boolean writeCalendar;
        private boolean readPhonebook;
        private boolean writePhonebook;
        private Strategy strategy = Strategy.ALL;
        private long ringTime;
        private @Nullable ObjectId timeoutGoto;
        private @Nullable String unreadable;

        Stored(ObjectId id) {
            this.id = id;
        }

        @Override
        protected void read(String field, BsonReader reader) {
            switch (field) {
                case "type" -> isGroup = "GROUP".equals(string(reader));
                case "customer" -> customer = objectId(reader);
                case "name" -> name = required(field, string(reader));
                case "number" -> number = required(field, string(reader));
                case "startAudio" -> startAudio = required(field, objectId(reader));
                case "redirect" -> redirect = required(field, string(reader));
                case "notes" -> notes = required(field, string(reader));
                case "members" -> members = objectIds(field, reader);
                case "controllers" -> controllers = objectIds(field, reader);
                case "pickup" -> pickup = flag(field, reader);
                case "steal" -> steal = flag(field, reader);
                case "spy" -> spy = flag(field, reader);
                case "setPresence" -> setPresence = flag(field, reader);
                case "queueMember" -> queueMember = flag(field, reader);
                case "viewOtherParty" -> viewOtherParty = flag(field, reader);
                case "sms" -> sms = flag(field, reader);
                case "readCalendar" -> readCalendar = flag(field, reader);
                case "writeCalendar" -> writeCalendar = flag(field, reader);
                case "readPhonebook" -> readPhonebook = flag(field, reader);
                case "writePhonebook" -> writePhonebook = flag(field, reader);
                case "strategy" -> strategy = strategy(field, reader);
                case "ringTime" -> ringTime = wholeNumber(field, reader);
                case "timeoutGoto" -> timeoutGoto = required(field, objectId(reader));
                default -> reader.skipValue();
            }
        }

        @Override
        protected StoredGroup decoded() {
            Rights rights = new Rights(
                    pickup,
                    steal,
                    spy,
                    setPresence,
                    queueMember,
                    viewOtherParty,
                    sms,
                    readCalendar,
                    writeCalendar,
                    readPhonebook,
                    writePhonebook);
            Group group = new Group(
                    id,
                    customer,
                    name,
                    number,
                    startAudio,
                    redirect,
                    notes,
                    members,
                    controllers,
                    rights,
                    strategy,
                    ringTime,
                    timeoutGoto);
            return new StoredGroup(isGroup, customer, group, unreadable);
        }

        /** A value that is there must be of its type. */
        private <T> @Nullable T required(String field, @Nullable T value) {
            if (value == null && unreadable == null) {
                unreadable = field;
            }
            return value;
        }

        private boolean flag(String field, BsonReader reader) {
            if (reader.getCurrentBsonType() == BsonType.BOOLEAN) {
                return reader.readBoolean();
            }
            reader.skipValue();
            required(field, null);
            return false;
        }

        private List<ObjectId> objectIds(String field, BsonReader reader) {
            if (reader.getCurrentBsonType() != BsonType.ARRAY) {
                reader.skipValue();
                required(field, null);
                return List.of();
            }
            List<ObjectId> ids = new ArrayList<>();
            reader.readStartArray();
            while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
                ObjectId element = required(field, objectId(reader));
                if (element != null) {
                    ids.add(element);
                }
            }
            reader.readEndArray();
            return ids;
        }

        private Strategy strategy(String field, BsonReader reader) {
            String stored = string(reader);
            for (Strategy known : Strategy.values()) {
                if (known.name().equals(stored)) {
                    return known;
                }
            }
            required(field, null);
            return Strategy.ALL;
        }

        /** A whole number, whichever of BSON's types of number it was stored as. */
        private long wholeNumber(String field, BsonReader reader) {
            return switch (reader.getCurrentBsonType()) {
                case INT32 -> reader.readInt32();
                case INT64 -> reader.readInt64();
                case DOUBLE -> wholeNumber(field, reader.readDouble());
                default -> {
                    reader.skipValue();
                    required(field, null);
                    yield 0;
                }
            };
        }

        private long wholeNumber(String field, double number) {
            if (number == Math.rint(number) && Math.abs(number) <= MAX_EXACT) {
                return (long) number;
            }
            required(field, null);
            return 0;
        }
    }
}
