package dk.telecomx.pbx.group;

import dk.telecomx.pbx.dialplan.DialplanItem;
import dk.telecomx.pbx.error.Failure.GroupUnreadable;
import dk.telecomx.pbx.mongo.StoredDocument;
import java.util.List;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * A group of the PBX.
 *
 * @param customer the customer it belongs to, if any
 * @param startAudio an audio item that callers hear first
 * @param members the extensions that ring together
 * @param controllers the extensions that hold the {@code rights} over the members
 * @param ringTime seconds; 0 rings forever
 * @param timeoutGoto the item the call goes to when nobody answers
 */
record Group(
        ObjectId id,
        @Nullable ObjectId customer,
        @Nullable String name,
        @Nullable String number,
        @Nullable ObjectId startAudio,
        @Nullable String redirect,
        @Nullable String notes,
        List<ObjectId> members,
        List<ObjectId> controllers,
        Rights rights,
        Strategy strategy,
        long ringTime,
        @Nullable ObjectId timeoutGoto) {

    /** The stored group; fails with {@link GroupUnreadable}, which names the first field of another type than the contract's (section 3). */
    static Group of(DialplanItem item) {
        StoredDocument stored = item.document();
        for (String field : stored.mistyped()) {
            // A customer of another type is no customer, and the type has been judged already.
            if (!field.equals("customer") && !field.equals("type")) {
                throw new GroupUnreadable(stored.id().toHexString(), field);
            }
        }
        return new Group(
                stored.id(),
                stored.objectId("customer"),
                stored.string("name"),
                stored.string("number"),
                stored.objectId("startAudio"),
                stored.string("redirect"),
                stored.string("notes"),
                stored.objectIds("members"),
                stored.objectIds("controllers"),
                Rights.of(stored),
                strategy(stored),
                stored.wholeNumber("ringTime"),
                stored.objectId("timeoutGoto"));
    }

    private static Strategy strategy(StoredDocument stored) {
        String name = stored.string("strategy");
        if (name == null) {
            return Strategy.ALL;
        }
        for (Strategy known : Strategy.values()) {
            if (known.name().equals(name)) {
                return known;
            }
        }
        throw new GroupUnreadable(stored.id().toHexString(), "strategy");
    }
}
