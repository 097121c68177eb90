package dk.telecomx.pbx.group;

import dk.telecomx.pbx.dialplan.DialplanItem;
import dk.telecomx.pbx.dialplan.PlainDialplan;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/** Stored groups of which a test wants to see the references alone. */
final class Groups {

    private Groups() {}

    static DialplanItem of(
            ObjectId id,
            ObjectId customer,
            List<ObjectId> members,
            List<ObjectId> controllers,
            @Nullable ObjectId target) {
        BsonDocument stored = new BsonDocument("type", new BsonString("GROUP"))
                .append("customer", new BsonObjectId(customer))
                .append("members", ids(members))
                .append("controllers", ids(controllers))
                .append("timeoutGoto", target == null ? BsonNull.VALUE : new BsonObjectId(target));
        return PlainDialplan.item(id, new RawBsonDocument(stored, new BsonDocumentCodec()));
    }

    private static BsonArray ids(List<ObjectId> ids) {
        return new BsonArray(ids.stream().map(BsonObjectId::new).toList());
    }
}
