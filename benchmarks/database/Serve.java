import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.util.List;
import java.util.logging.Level;
import org.jboss.logmanager.Logger;

/** A database in memory that speaks MongoDB's protocol, on a free port of the loopback; it says which, and runs until it is stopped. */
class Serve {

    /** Until a Quarkus application has started, its logging keeps all levels: half of the time went into messages that nobody reads. */
    private static final Logger LOG = Logger.getLogger("de.bwaldvogel.mongo");

    /** Go's driver refuses wire version 8, the highest that the library knows. What 9 adds, nobody here uses. */
    private static final MongoVersion WIRE_VERSION_9 = new MongoVersion() {
        @Override
        public List<Integer> getVersionArray() {
            return List.of(4, 4, 0);
        }

        @Override
        public int getWireVersion() {
            return 9;
        }
    };

    public static void main(String[] args) throws InterruptedException {
        LOG.setLevel(Level.INFO);
        MemoryBackend backend = new MemoryBackend();
        backend.version(WIRE_VERSION_9);
        System.out.println(new MongoServer(backend).bind().getPort());
        Thread.currentThread().join();
    }
}
