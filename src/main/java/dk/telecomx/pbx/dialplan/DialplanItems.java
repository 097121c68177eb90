package dk.telecomx.pbx.dialplan;

import dk.telecomx.pbx.mongo.FindByIds;
import io.quarkus.mongodb.panache.reactive.ReactivePanacheMongoRepositoryBase;
import jakarta.inject.Singleton;
import org.bson.types.ObjectId;

/** The collection of the dialplan items. {@link DialplanRepository} is what other packages see of it. */
@Singleton
class DialplanItems implements ReactivePanacheMongoRepositoryBase<DialplanItem, ObjectId> {

    final FindByIds<DialplanItem> byIds = new FindByIds<>(this, DialplanItemCodec.FIELDS, DialplanItem::id);
}
