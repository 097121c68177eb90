import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;

/** A database in memory that speaks MongoDB's protocol, on a free port of the loopback; it says which, and runs until it is stopped. */
class Serve {

    public static void main(String[] args) throws InterruptedException {
        System.out.println(new MongoServer(new MemoryBackend()).bind().getPort());
        Thread.currentThread().join();
    }
}
