package dk.telecomx.pbx.customer;

import dk.telecomx.pbx.mongo.StoredDocument;
import io.quarkus.mongodb.panache.common.MongoEntity;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * A customer of the PBX.
 *
 * @param document the customer as it is stored
 */
@MongoEntity(collection = "Customers")
record Customer(StoredDocument document) {

    ObjectId id() {
        return document.id();
    }

    /** The reseller it belongs to; null for a top-level reseller, and where the stored value is no id. */
    @Nullable
    ObjectId parentReseller() {
        return document.objectId("parentReseller");
    }
}
