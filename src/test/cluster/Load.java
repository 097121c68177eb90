import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Asks for one path again and again until a file appears, and then says how many answers were 200 and what went wrong.
 *
 * <p>Half of its clients open a connection for each request, half keep theirs until the server says it closes. Nothing is tried again: a
 * client of the standard library would hide a lost request. Arguments: host, port, path, token, clients, the file that ends it.
 */
class Load {

    private static final AtomicLong ANSWERED = new AtomicLong();
    private static final AtomicLong FAILED = new AtomicLong();

    public static void main(String[] args) throws Exception {
        InetSocketAddress server = new InetSocketAddress(args[0], Integer.parseInt(args[1]));
        Path end = Path.of(args[5]);
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(args[4]); i++) {
            boolean keep = i % 2 == 0;
            byte[] request = ("GET " + args[2] + " HTTP/1.1\r\nHost: pbx-group\r\nAuthorization: Bearer " + args[3] + "\r\n"
                            + (keep ? "" : "Connection: close\r\n") + "\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
            clients.add(new Thread(() -> ask(server, request, keep, end)));
        }
        for (Thread client : clients) {
            client.start();
        }
        for (Thread client : clients) {
            client.join();
        }
        System.out.println("answered=" + ANSWERED + " failed=" + FAILED);
        System.exit(FAILED.get() == 0 && ANSWERED.get() > 0 ? 0 : 1);
    }

    private static void ask(InetSocketAddress server, byte[] request, boolean keep, Path end) {
        Connection connection = null;
        while (!Files.exists(end)) {
            int served = connection == null ? 0 : connection.served;
            long begun = System.nanoTime();
            try {
                connection = connection == null ? new Connection(server) : connection;
                int status = connection.ask(request);
                if (status != 200) {
                    throw new IOException("status " + status);
                }
                if (ANSWERED.incrementAndGet() == 1) {
                    System.out.println("has its first answer");
                }
                if (!keep || connection.ends) {
                    connection.close();
                    connection = null;
                }
                Thread.sleep(50);
            } catch (IOException | InterruptedException failure) {
                FAILED.incrementAndGet();
                // A 500 after 2.4 s and more is a time limit, on a database or a pod without CPU; one at once is something else.
                System.out.printf(
                        "%tT.%<tL %s connection, %d answered on it, after %d ms: %s%n",
                        System.currentTimeMillis(), keep ? "kept" : "new", served, (System.nanoTime() - begun) / 1_000_000, failure);
                connection = null;
            }
        }
    }

    private static final class Connection {

        private final Socket socket = new Socket();
        private final InputStream in;
        private int served;
        private boolean ends;

        Connection(InetSocketAddress server) throws IOException {
            socket.connect(server, 5000);
            socket.setSoTimeout(10_000);
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream());
        }

        int ask(byte[] request) throws IOException {
            socket.getOutputStream().write(request);
            String line = line();
            int status = Integer.parseInt(line.split(" ")[1]);
            int length = 0;
            for (line = line(); !line.isEmpty(); line = line()) {
                String header = line.toLowerCase(Locale.ROOT);
                if (header.startsWith("content-length:")) {
                    length = Integer.parseInt(header.substring(15).strip());
                } else if (header.startsWith("connection:") && header.contains("close")) {
                    ends = true;
                }
            }
            if (in.readNBytes(length).length < length) {
                throw new EOFException("the answer ends early");
            }
            served++;
            return status;
        }

        private String line() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int c = in.read(); c != '\n'; c = in.read()) {
                if (c < 0) {
                    throw new EOFException("closed before the answer");
                }
                if (c != '\r') {
                    line.append((char) c);
                }
            }
            return line.toString();
        }

        void close() throws IOException {
            socket.close();
        }
    }
}
