package dk.telecomx.pbx.mongo;

import com.mongodb.event.ConnectionCheckOutFailedEvent;
import com.mongodb.event.ConnectionCheckOutStartedEvent;
import com.mongodb.event.ConnectionCheckedInEvent;
import com.mongodb.event.ConnectionCheckedOutEvent;
import com.mongodb.event.ConnectionClosedEvent;
import com.mongodb.event.ConnectionCreatedEvent;
import com.mongodb.event.ConnectionPoolListener;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The driver's connections, over all of its pools: there is one for each member of the replica set and for each client. (Panache starts a
 * blocking client too, which opens no connection. Micrometer's own listener tells pools apart by an id that is new at each start.)
 */
@Singleton
class ConnectionPoolMetrics implements ConnectionPoolListener {

    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger inUse = new AtomicInteger();
    private final AtomicInteger pending = new AtomicInteger();

    ConnectionPoolMetrics(MeterRegistry metrics) {
        Gauge.builder("pbx.database.connections", open, AtomicInteger::get)
                .description("Connections to the database")
                .register(metrics);
        Gauge.builder("pbx.database.connections.in.use", inUse, AtomicInteger::get)
                .description("Connections that a query uses")
                .register(metrics);
        Gauge.builder("pbx.database.connections.pending", pending, AtomicInteger::get)
                .description("Queries that wait for a connection")
                .register(metrics);
    }

    @Override
    public void connectionCreated(ConnectionCreatedEvent event) {
        open.incrementAndGet();
    }

    @Override
    public void connectionClosed(ConnectionClosedEvent event) {
        open.decrementAndGet();
    }

    @Override
    public void connectionCheckOutStarted(ConnectionCheckOutStartedEvent event) {
        pending.incrementAndGet();
    }

    @Override
    public void connectionCheckOutFailed(ConnectionCheckOutFailedEvent event) {
        pending.decrementAndGet();
    }

    @Override
    public void connectionCheckedOut(ConnectionCheckedOutEvent event) {
        pending.decrementAndGet();
        inUse.incrementAndGet();
    }

    @Override
    public void connectionCheckedIn(ConnectionCheckedInEvent event) {
        inUse.decrementAndGet();
    }
}
