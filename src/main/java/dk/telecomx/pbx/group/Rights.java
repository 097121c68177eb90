package dk.telecomx.pbx.group;

/** What the controllers of a group may do with its members, in the contract's order. */
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
        boolean writePhonebook) {}
