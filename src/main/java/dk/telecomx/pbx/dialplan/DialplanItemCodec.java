package dk.telecomx.pbx.dialplan;

import static dk.telecomx.pbx.mongo.FieldType.BOOLEAN;
import static dk.telecomx.pbx.mongo.FieldType.OBJECT_ID;
import static dk.telecomx.pbx.mongo.FieldType.OBJECT_IDS;
import static dk.telecomx.pbx.mongo.FieldType.STRING;
import static dk.telecomx.pbx.mongo.FieldType.WHOLE_NUMBER;
import static java.util.Map.entry;

import dk.telecomx.pbx.mongo.FieldType;
import dk.telecomx.pbx.mongo.ReadOnlyCodec;
import java.util.Map;
import org.bson.codecs.configuration.CodecProvider;

/** Decodes items of the dialplan. Public, since Quarkus creates it. */
public final class DialplanItemCodec extends ReadOnlyCodec<DialplanItem> implements CodecProvider {

    /** What is read of an item, besides its id: of any item the first four, of a group all of them. */
    public static final Map<String, FieldType> FIELDS = Map.ofEntries(
            entry("type", STRING),
            entry("customer", OBJECT_ID),
            entry("number", STRING),
            entry("name", STRING),
            entry("startAudio", OBJECT_ID),
            entry("redirect", STRING),
            entry("notes", STRING),
            entry("members", OBJECT_IDS),
            entry("controllers", OBJECT_IDS),
            entry("pickup", BOOLEAN),
            entry("steal", BOOLEAN),
            entry("spy", BOOLEAN),
            entry("setPresence", BOOLEAN),
            entry("queueMember", BOOLEAN),
            entry("viewOtherParty", BOOLEAN),
            entry("sms", BOOLEAN),
            entry("readCalendar", BOOLEAN),
            entry("writeCalendar", BOOLEAN),
            entry("readPhonebook", BOOLEAN),
            entry("writePhonebook", BOOLEAN),
            entry("strategy", STRING),
            entry("ringTime", WHOLE_NUMBER),
            entry("timeoutGoto", OBJECT_ID));

    public DialplanItemCodec() {
        super(DialplanItem.class, FIELDS, DialplanItem::new);
    }
}
