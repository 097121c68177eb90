package dk.telecomx.pbx.group;

import dk.telecomx.pbx.mongo.StoredDocument;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** What the controllers of a group may do with its members, in the contract's order. */
@RegisterForReflection
record Rights(
        boolean pickup,
        boolean steal,
        boolean spy,
        boolean setPresence,
        boolean queueMember,
        boolean viewOtherParty,
        boolean sms,
        boolean readCalendar,
        boolean writeCalendar,
        boolean readPhonebook,
        boolean writePhonebook) {

    static Rights of(StoredDocument stored) {
        return new Rights(
                stored.isTrue("pickup"),
                stored.isTrue("steal"),
                stored.isTrue("spy"),
                stored.isTrue("setPresence"),
                stored.isTrue("queueMember"),
                stored.isTrue("viewOtherParty"),
                stored.isTrue("sms"),
                stored.isTrue("readCalendar"),
                stored.isTrue("writeCalendar"),
                stored.isTrue("readPhonebook"),
                stored.isTrue("writePhonebook"));
    }
}
