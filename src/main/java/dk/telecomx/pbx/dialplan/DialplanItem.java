package dk.telecomx.pbx.dialplan;

import dk.telecomx.pbx.error.Failure;
import dk.telecomx.pbx.mongo.ReadOnlyCodec;
import dk.telecomx.pbx.mongo.StoredDocument;
import io.quarkus.mongodb.panache.common.MongoEntity;
import java.util.List;
import java.util.function.Function;
import org.bson.codecs.configuration.CodecProvider;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * Something a call can reach: an extension, a queue, a menu, a group, …
 *
 * <p>What all items have reads as null where the stored value has an unexpected type: one odd item spoils no group that refers to it. The
 * fields of a group, by their names, fail with {@link Failure#unreadable} instead.
 */
@MongoEntity(collection = "PbxDialplans")
public final class DialplanItem extends StoredDocument {

    /** What is read of an item, besides its id. All but the first four are used only of a group. */
    public static final List<String> FIELDS = List.of(
            "type",
            "customer",
            "number",
            "name",
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
            "timeoutGoto");

    private DialplanItem(ObjectId id, Function<String, @Nullable Object> values) {
        super(id, values);
    }

    /** The vendor's item type, such as {@code EXTENSION}. */
    public @Nullable String type() {
        return valueIfA(String.class, "type");
    }

    public @Nullable ObjectId customer() {
        return valueIfA(ObjectId.class, "customer");
    }

    public @Nullable String number() {
        return valueIfA(String.class, "number");
    }

    public @Nullable String name() {
        return valueIfA(String.class, "name");
    }

    public @Nullable String string(String field) {
        return valueOfType(String.class, field);
    }

    public @Nullable ObjectId objectId(String field) {
        return valueOfType(ObjectId.class, field);
    }

    /** The ids of a list; none where there is no list. */
    @SuppressWarnings("unchecked") // the codec makes no other list
    public List<ObjectId> objectIds(String field) {
        List<ObjectId> ids = valueOfType(List.class, field);
        return ids == null ? List.of() : ids;
    }

    public boolean isTrue(String field) {
        return Boolean.TRUE.equals(valueOfType(Boolean.class, field));
    }

    /** A whole number; 0 where there is none. */
    public long wholeNumber(String field) {
        Long number = valueOfType(Long.class, field);
        return number == null ? 0 : number;
    }

    private <T> @Nullable T valueOfType(Class<T> type, String field) {
        Object value = value(field);
        if (value != null && !type.isInstance(value)) {
            throw Failure.unreadable("group " + id(), "field " + field);
        }
        return type.cast(value);
    }

    /** Public, since Quarkus creates it. */
    public static final class Codec extends ReadOnlyCodec<DialplanItem> implements CodecProvider {
        public Codec() {
            super(DialplanItem.class, FIELDS, DialplanItem::new);
        }
    }
}
