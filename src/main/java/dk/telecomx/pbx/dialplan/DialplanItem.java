package dk.telecomx.pbx.dialplan;

import dk.telecomx.pbx.mongo.StoredDocument;
import io.quarkus.mongodb.panache.common.MongoEntity;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * Something a call can reach: an extension, a queue, a menu, a group, …
 *
 * <p>A stored value of an unexpected type reads as null: one odd item spoils no group that refers to it.
 *
 * @param document the item as it is stored
 */
@MongoEntity(collection = "PbxDialplans")
public record DialplanItem(StoredDocument document) {

    public ObjectId id() {
        return document.id();
    }

    /** The vendor's item type, such as {@code EXTENSION}. */
    public @Nullable String type() {
        return document.string("type");
    }

    public @Nullable ObjectId customer() {
        return document.objectId("customer");
    }

    public @Nullable String number() {
        return document.string("number");
    }

    public @Nullable String name() {
        return document.string("name");
    }
}
