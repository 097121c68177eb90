import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.util.logging.Level;
import org.jboss.logmanager.Logger;

/** A database in memory that speaks MongoDB's protocol, on a free port of the loopback; it says which, and runs until it is stopped. */
class Serve {

    /** Until a Quarkus application has started, its logging keeps all levels: half of the time went into messages that nobody reads. */
    private static final Logger LOG = Logger.getLogger("de.bwaldvogel.mongo");

    public static void main(String[] args) throws InterruptedException {
        LOG.setLevel(Level.INFO);
        System.out.println(new MongoServer(new MemoryBackend()).bind().getPort());
        Thread.currentThread().join();
    }
}
