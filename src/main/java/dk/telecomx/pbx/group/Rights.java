package dk.telecomx.pbx.group;

import dk.telecomx.pbx.dialplan.DialplanItem;
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

    static Rights of(DialplanItem group) {
        return new Rights(
                group.isTrue("pickup"),
                group.isTrue("steal"),
                group.isTrue("spy"),
                group.isTrue("setPresence"),
                group.isTrue("queueMember"),
                group.isTrue("viewOtherParty"),
                group.isTrue("sms"),
                group.isTrue("readCalendar"),
                group.isTrue("writeCalendar"),
                group.isTrue("readPhonebook"),
                group.isTrue("writePhonebook"));
    }
}
