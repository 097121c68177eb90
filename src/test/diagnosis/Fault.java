import dk.telecomx.pbx.faults.FaultProxy;
import dk.telecomx.pbx.faults.FaultProxy.Wire;
import java.net.InetSocketAddress;

/** {@code java -cp … Fault.java PORT FAULT DATABASE}: listens on PORT as a member of a replica set, with the fault, before the database on port DATABASE. */
class Fault {

    public static void main(String[] args) throws InterruptedException {
        InetSocketAddress database = new InetSocketAddress("127.0.0.1", Integer.parseInt(args[2]));
        new FaultProxy(database, Integer.parseInt(args[0]), "rs0").turn(Wire.valueOf(args[1]));
        Thread.currentThread().join();
    }
}
