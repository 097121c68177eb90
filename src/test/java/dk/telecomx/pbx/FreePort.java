package dk.telecomx.pbx;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** A port of the loopback for a server that starts later: below those that the system gives to connections, of which there are thousands meanwhile. */
public final class FreePort {

    private static final int FIRST = 20_000;
    private static final int LAST = 29_999;

    private FreePort() {}

    /** Held until it is closed. */
    public static ServerSocket hold() throws IOException {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST + 1);
            try {
                return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
            } catch (BindException taken) {
                // Another one.
            }
        }
    }
}
