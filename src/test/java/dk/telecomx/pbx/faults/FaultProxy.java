package dk.telecomx.pbx.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * A wire to the database that can fail, and counts what is asked. It knows where a message begins and which one it answers, so that a
 * fault can be aimed; what it carries it leaves as it is.
 *
 * <p>A connection that has lost a message is lost for good, as on a path that swallows packets; later ones are as good as the wire.
 */
public final class FaultProxy implements AutoCloseable {

    /** What the wire does. */
    public enum Wire {
        /** Carries everything. */
        OPEN,
        /** Nobody listens, and what was connected is cut. */
        REFUSING,
        /** Accepts, and carries nothing. */
        HUNG,
        /** Takes 100 ms for each message. */
        SLOW,
        /** Turns each byte of an answer over. */
        CORRUPT,
        /** Loses what asks for customers, and carries all else: the reseller edge alone cannot be read. */
        WITHOUT_EDGE,
        /** The database says that it is not the primary. */
        NOT_PRIMARY,
        /** The database says that the user may not read. */
        UNAUTHORIZED
    }

    private static final int SLOW_NANOS = 100_000_000;
    private static final String EDGE = "Customers";
    private static final BsonDocument NOT_PRIMARY = error(10107, "NotWritablePrimary", "not primary");
    private static final BsonDocument UNAUTHORIZED = error(13, "Unauthorized", "not authorized on pbx");

    private final InetSocketAddress database;
    private final @Nullable String replicaSet;
    private final int port;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final Map<String, LongAdder> finds = new ConcurrentHashMap<>();
    private final AtomicInteger cutsToCome = new AtomicInteger();
    private final AtomicInteger cuts = new AtomicInteger();
    private final List<BsonString> hosts = new CopyOnWriteArrayList<>();
    private volatile Predicate<Message> whoseAnswersAreCut = find -> true;
    private volatile @Nullable ObjectId malformed;
    private volatile Wire wire = Wire.OPEN;
    private volatile @Nullable ServerSocket listener;

    /** A wire to a server that is all there is. */
    public FaultProxy(InetSocketAddress database) {
        this(database, 0, null);
    }

    /** A wire that listens on that port, or on any free one for 0; to a member of that replica set, where there is a name. */
    public FaultProxy(InetSocketAddress database, int port, @Nullable String replicaSet) {
        this.database = database;
        this.replicaSet = replicaSet;
        this.port = listen(port);
        hosts.add(new BsonString(address()));
    }

    private static BsonDocument error(int code, String name, String message) {
        return new BsonDocument("ok", new BsonInt32(0))
                .append("errmsg", new BsonString(message))
                .append("code", new BsonInt32(code))
                .append("codeName", new BsonString(name));
    }

    public int port() {
        return port;
    }

    /** Host and port, as a connection string and a replica set name them. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    /** Names another member of the replica set to those who greet this one. */
    public void addMember(FaultProxy other) {
        hosts.add(new BsonString(other.address()));
    }

    /** In each answer the bytes of that document are no BSON; null for none. */
    public void malform(@Nullable ObjectId document) {
        malformed = document;
    }

    public void turn(Wire next) {
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

    /** The next answer to a {@code find} ends half-way, and its connection with it. */
    void cutNextAnswer() {
        cutAnswers(1, find -> true);
    }

    /** So many answers to such a {@code find} end half-way, and their connections with them. */
    void cutAnswers(int count, Predicate<Message> find) {
        whoseAnswersAreCut = find;
        cutsToCome.set(count);
    }

    /** How many answers to a {@code find} have been cut half-way. */
    int cuts() {
        return cuts.get();
    }

    void cutAll() {
        links.forEach(Link::close);
    }

    int connections() {
        return links.size();
    }

    /** How often documents of that collection were asked for so far. */
    public long finds(String collection) {
        return count(collection).sum();
    }

    private LongAdder count(String collection) {
        return finds.computeIfAbsent(collection, first -> new LongAdder());
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

    private boolean takesACut(Message find) {
        return whoseAnswersAreCut.test(find) && cutsToCome.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
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
        private final Socket client;
        private final Socket server = new Socket();
        private final Map<Integer, Message> asked = new ConcurrentHashMap<>();
        private volatile boolean lost = wire == Wire.HUNG;

        Link(Socket client) {
            this.client = client;
        }

        void start() {
            daemon("proxy-question", () -> {
                try {
                    server.connect(database);
                    daemon("proxy-answer", () -> carry(server, client, this::answer));
                    carry(client, server, this::ask);
                } catch (IOException away) {
                    close();
                }
            });
        }

        private void carry(Socket from, Socket to, Carrier carrier) {
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (Message next = Message.next(in); next != null; next = Message.next(in)) {
                    if (wire == Wire.SLOW) {
                        LockSupport.parkNanos(SLOW_NANOS);
                    }
                    if (!lost) {
                        carrier.carry(next, out);
                    }
                }
            } catch (IOException cut) {
                // Either side has closed.
            }
            close();
        }

        private void ask(Message question, OutputStream out) throws IOException {
            asked.put(question.id(), question);
            if (question.isFind()) {
                count(question.collection()).increment();
                lost = wire == Wire.WITHOUT_EDGE && question.collection().equals(EDGE);
            }
            if (!lost) {
                question.writeTo(out);
            }
        }

        private void answer(Message answer, OutputStream out) throws IOException {
            Message question = asked.remove(answer.answers());
            if (question != null && question.isFind() && takesACut(question)) {
                cuts.incrementAndGet();
                answer.writeHalfTo(out);
                throw new IOException("cut");
            }
            ObjectId spoiled = malformed;
            if (wire == Wire.CORRUPT) {
                answer.writeCorruptTo(out);
            } else if (question != null && question.isFind() && wire == Wire.NOT_PRIMARY) {
                answer.saying(NOT_PRIMARY).writeTo(out);
            } else if (question != null && question.isFind() && wire == Wire.UNAUTHORIZED) {
                answer.saying(UNAUTHORIZED).writeTo(out);
            } else if (spoiled != null && question != null && question.isFind()) {
                answer.malforming(spoiled).writeTo(out);
            } else if (question != null && question.isGreeting() && replicaSet != null) {
                answer.saying(asMember(answer.document(), replicaSet)).writeTo(out);
            } else {
                answer.writeTo(out);
            }
        }

        /** The greeting of a replica set's member, which is its primary unless it has stepped down. */
        private BsonDocument asMember(BsonDocument greeting, String set) {
            boolean primary = wire != Wire.NOT_PRIMARY;
            return greeting.append("setName", new BsonString(set))
                    .append("hosts", new BsonArray(hosts))
                    .append("me", new BsonString(address()))
                    .append("setVersion", new BsonInt32(1))
                    .append("ismaster", BsonBoolean.valueOf(primary))
                    .append("isWritablePrimary", BsonBoolean.valueOf(primary))
                    .append("secondary", BsonBoolean.valueOf(!primary));
        }

        void close() {
            links.remove(this);
            FaultProxy.close(client);
            FaultProxy.close(server);
        }
    }

    /** What becomes of a message. */
    @FunctionalInterface
    private interface Carrier {
        void carry(Message message, OutputStream out) throws IOException;
    }
}
