package dk.telecomx.pbx.dialplan;

import dk.telecomx.pbx.mongo.ByIdRepository;
import jakarta.inject.Singleton;

/** The collection of the dialplan items. {@link DialplanRepository} is what other packages see of it. */
@Singleton
class DialplanItems extends ByIdRepository<DialplanItem> {

    DialplanItems() {
        super(DialplanItem.FIELDS);
    }
}
