package dk.telecomx.pbx.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A wire to the database that can fail. Plain TCP: it knows nothing of what it carries.
 *
 * <p>A connection that has seen a hang is lost for good, as on a path that swallows packets; later ones are as good as the wire.
 */
final class FaultProxy implements AutoCloseable {

    /** What the wire does. */
    enum Wire {
        /** Carries everything. */
        OPEN,
        /** Nobody listens, and what was connected is cut. */
        REFUSING,
        /** Accepts, and carries nothing. */
        HUNG,
        /** Takes 100 ms for each packet. */
        SLOW,
        /** Turns each byte of an answer over. */
        CORRUPT
    }

    private static final int SLOW_NANOS = 100_000_000;

    private final InetSocketAddress database;
    private final int port;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final AtomicInteger cutsInMidAnswer = new AtomicInteger();
    private final AtomicInteger cuts = new AtomicInteger();
    private volatile Wire wire = Wire.OPEN;
    private volatile @Nullable ServerSocket listener;

    FaultProxy(InetSocketAddress database) {
        this.database = database;
        this.port = listen(0);
    }

    int port() {
        return port;
    }

    void turn(Wire next) {
        wire = next;
        if (next == Wire.REFUSING) {
            stopListening();
            cutAll();
        } else if (listener == null) {
            listen(port);
        }
        if (next == Wire.HUNG) {
            links.forEach(link -> link.lost = true);
        }
    }

    /** The next answer that is carried ends half-way, and its connection with it. */
    void cutNextAnswer() {
        cutsInMidAnswer.set(1);
    }

    /** How many answers have been cut half-way. */
    int cuts() {
        return cuts.get();
    }

    void cutAll() {
        links.forEach(Link::close);
    }

    int connections() {
        return links.size();
    }

    @Override
    public void close() {
        turn(Wire.REFUSING);
    }

    private int listen(int wanted) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), 200);
            listener = socket;
            daemon("proxy-accept", () -> acceptFrom(socket));
            return socket.getLocalPort();
        } catch (IOException notBound) {
            throw new UncheckedIOException(notBound);
        }
    }

    private void stopListening() {
        ServerSocket socket = listener;
        listener = null;
        close(socket);
    }

    private void acceptFrom(ServerSocket socket) {
        try {
            while (true) {
                Link link = new Link(socket.accept());
                links.add(link);
                link.start();
            }
        } catch (IOException closed) {
            // The wire refuses from now on.
        }
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(@Nullable AutoCloseable what) {
        try {
            if (what != null) {
                what.close();
            }
        } catch (Exception gone) {
            // It is closed.
        }
    }

    /** One connection through the proxy. */
    private final class Link {
        final Socket client;
        final Socket server = new Socket();
        volatile boolean lost = wire == Wire.HUNG;

        Link(Socket client) {
            this.client = client;
        }

        void start() {
            daemon("proxy-question", () -> {
                try {
                    server.connect(database);
                    daemon("proxy-answer", () -> carry(server, client, true));
                    carry(client, server, false);
                } catch (IOException away) {
                    close();
                }
            });
        }

        private void carry(Socket from, Socket to, boolean answers) {
            byte[] packet = new byte[64 * 1024];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int length = in.read(packet); length >= 0; length = in.read(packet)) {
                    if (lost) {
                        continue;
                    }
                    if (wire == Wire.SLOW) {
                        LockSupport.parkNanos(SLOW_NANOS);
                    }
                    if (answers && wire == Wire.CORRUPT) {
                        turnOver(packet, length);
                    }
                    if (answers && cutsInMidAnswer.compareAndSet(1, 0)) {
                        out.write(packet, 0, length / 2);
                        out.flush();
                        cuts.incrementAndGet();
                        break;
                    }
                    out.write(packet, 0, length);
                    out.flush();
                }
            } catch (IOException cut) {
                // Either side has closed.
            }
            close();
        }

        private void turnOver(byte[] packet, int length) {
            for (int i = 0; i < length; i++) {
                packet[i] = (byte) ~packet[i];
            }
        }

        void close() {
            links.remove(this);
            FaultProxy.close(client);
            FaultProxy.close(server);
        }
    }
}
