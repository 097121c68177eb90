package dk.telecomx.pbx.group;

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
        @Nullable ObjectId timeoutGoto) {}
