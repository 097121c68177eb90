package dk.telecomx.pbx.batching;

import io.netty.channel.embedded.EmbeddedChannel;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import java.util.concurrent.TimeUnit;

/** An event loop of Vert.x whose turns and whose time are the test's: no task runs before {@link #turn}, no timer before {@link #pass}. */
final class VirtualLoop {

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final ContextInternal root;

    VirtualLoop(Vertx vertx) {
        VertxInternal inside = (VertxInternal) vertx;
        channel.freezeTime();
        root = inside.createEventLoopContext(
                channel.eventLoop(), inside.getWorkerPool(), VirtualLoop.class.getClassLoader());
    }

    /** A context such as each request has. */
    ContextInternal request() {
        return root.duplicate();
    }

    /** Ends the turn: what was put off is run. */
    void turn() {
        channel.runPendingTasks();
    }

    /** Lets time pass, millisecond by millisecond, with a turn in each. */
    void pass(int milliseconds) {
        for (int i = 0; i < milliseconds; i++) {
            channel.advanceTimeBy(1, TimeUnit.MILLISECONDS);
            turn(); // in which timers fire
            turn(); // for what they put off
        }
    }
}
