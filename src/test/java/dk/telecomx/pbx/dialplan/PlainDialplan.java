package dk.telecomx.pbx.dialplan;

import dk.telecomx.pbx.batching.BatchLoaders;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;

/** The dialplan of a collection that is given, with no framework around it. */
public final class PlainDialplan extends DialplanRepository {

    private final ReactiveMongoCollection<DialplanItem> collection;

    public PlainDialplan(
            BatchLoaders lookups, MeterRegistry metrics, ReactiveMongoCollection<DialplanItem> collection) {
        super(lookups, metrics);
        this.collection = collection;
    }

    @Override
    public ReactiveMongoCollection<DialplanItem> mongoCollection() {
        return collection;
    }
}
