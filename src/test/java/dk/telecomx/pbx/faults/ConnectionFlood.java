package dk.telecomx.pbx.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Many clients with a connection each, served by one thread, so that the time of each answer is known. */
final class ConnectionFlood implements AutoCloseable {

    /**
     * What one was told.
     *
     * @param status 0 where the connection was closed instead
     * @param took from the sending of the request to the last byte of the answer
     */
    record Answer(int status, @Nullable String retryAfter, Duration took) {}

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration TURN = Duration.ofMillis(10);
    private static final Pattern RETRY_AFTER = Pattern.compile("(?i)\r\nretry-after: (\\d+)\r\n");
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: (\\d+)\r\n");

    private final Selector selector;
    private final List<Client> clients = new ArrayList<>();

    /** A request for a group. */
    static String read(Object target, String token) {
        return "GET /pbx/group/" + target + " HTTP/1.1\r\nHost: pbx\r\nAuthorization: Bearer " + token + "\r\n\r\n";
    }

    /** So many clients of the loopback's port; the requests are dealt out to them in turn. */
    ConnectionFlood(int port, int size, List<String> requests) throws IOException {
        selector = Selector.open();
        for (int i = 0; i < size; i++) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.configureBlocking(false);
            Client client = new Client(channel, requests.get(i % requests.size()));
            channel.register(selector, SelectionKey.OP_READ, client);
            clients.add(client);
        }
    }

    /** Everybody asks at once, and again when answered for so long; the answers. */
    List<Answer> ask(Duration forSoLong) throws IOException {
        return ask(0, clients.size(), clients.size(), forSoLong);
    }

    /** Those ask at once; the answers. */
    List<Answer> ask(int from, int to) throws IOException {
        return ask(from, to, to - from, Duration.ZERO);
    }

    /** Everybody asks, so many every ten milliseconds; the answers. */
    List<Answer> askInTurn(int atATime) throws IOException {
        return ask(0, clients.size(), atATime, Duration.ZERO);
    }

    private List<Answer> ask(int from, int to, int atATime, Duration forSoLong) throws IOException {
        long end = System.nanoTime() + forSoLong.toNanos();
        List<Answer> answers = new ArrayList<>();
        int next = from;
        int waiting = to - from;
        while (waiting > 0) {
            int until = Math.min(to, next + atATime);
            for (Client client : clients.subList(next, until)) {
                client.send();
            }
            next = until;
            boolean more = next < to;
            if (selector.select(more ? TURN.toMillis() : PATIENCE.toMillis()) == 0 && !more) {
                throw new AssertionError(waiting + " clients are not answered");
            }
            for (SelectionKey key : selector.selectedKeys()) {
                Client client = (Client) key.attachment();
                Answer answer = client.read();
                if (answer != null) {
                    answers.add(answer);
                    if (answer.status() != 0 && System.nanoTime() < end) {
                        client.send();
                    } else {
                        waiting--;
                    }
                }
            }
            selector.selectedKeys().clear();
        }
        return answers;
    }

    @Override
    public void close() throws IOException {
        for (Client client : clients) {
            client.channel.close();
        }
        selector.close();
    }

    private static final class Client {
        private static final int ROOM = 64 * 1024;
        private static final ByteBuffer PACKET = ByteBuffer.allocate(ROOM);

        private final SocketChannel channel;
        private final ByteBuffer request;
        private final StringBuilder answer = new StringBuilder();
        private long sent;

        Client(SocketChannel channel, String request) {
            this.channel = channel;
            this.request = ByteBuffer.wrap(request.getBytes(StandardCharsets.ISO_8859_1));
        }

        void send() throws IOException {
            sent = System.nanoTime();
            request.rewind();
            while (request.hasRemaining()) {
                channel.write(request);
            }
        }

        /** The answer, once all of it is there. */
        @Nullable
        Answer read() throws IOException {
            PACKET.clear();
            int length = readInto(PACKET);
            Duration took = Duration.ofNanos(System.nanoTime() - sent);
            if (length < 0) {
                channel.close();
                return new Answer(0, null, took);
            }
            answer.append(new String(PACKET.array(), 0, length, StandardCharsets.ISO_8859_1));
            int body = answer.indexOf("\r\n\r\n") + 4;
            if (body < 4) {
                return null;
            }
            String head = answer.substring(0, body);
            Matcher whole = LENGTH.matcher(head);
            if (!whole.find() || answer.length() < body + Integer.parseInt(whole.group(1))) {
                return null;
            }
            answer.setLength(0);
            Matcher retryAfter = RETRY_AFTER.matcher(head);
            return new Answer(
                    Integer.parseInt(head.substring(9, 12)), retryAfter.find() ? retryAfter.group(1) : null, took);
        }

        private int readInto(ByteBuffer packet) {
            try {
                return channel.read(packet);
            } catch (IOException cut) {
                return -1;
            }
        }
    }
}
