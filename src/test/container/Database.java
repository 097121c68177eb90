import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;

/** {@code java -cp … Database.java HOST PORT SEED}: an embedded MongoDB in the foreground, with the documents of SEED, {collection: [document]}. */
class Database {

    private static final int OP_MSG = 2013;

    public static void main(String[] args) throws IOException {
        MongoServer server = new MongoServer(new MemoryBackend());
        server.bind(args[0], Integer.parseInt(args[1]));
        BsonDocument seed = BsonDocument.parse(Files.readString(Path.of(args[2])));
        try (Socket socket = new Socket(args[0], Integer.parseInt(args[1]))) {
            for (var collection : seed.entrySet()) {
                insert(socket, collection.getKey(), collection.getValue());
            }
        }
        System.out.println("seeded " + seed.keySet());
    }

    /** By the wire protocol itself: the service's driver runs inside Quarkus alone, and one command needs no other. */
    private static void insert(Socket socket, String collection, BsonValue documents) throws IOException {
        BsonDocument command = new BsonDocument("insert", new BsonString(collection))
                .append("documents", documents)
                .append("$db", new BsonString("pbx"));
        BasicOutputBuffer encoded = new BasicOutputBuffer();
        new BsonDocumentCodec().encode(new BsonBinaryWriter(encoded), command, EncoderContext.builder().build());
        byte[] body = encoded.toByteArray();
        ByteBuffer message = ByteBuffer.allocate(21 + body.length).order(ByteOrder.LITTLE_ENDIAN);
        message.putInt(message.capacity()).putInt(1).putInt(0).putInt(OP_MSG).putInt(0).put((byte) 0).put(body);
        socket.getOutputStream().write(message.array());
        DataInputStream answers = new DataInputStream(socket.getInputStream());
        answers.readFully(new byte[Integer.reverseBytes(answers.readInt()) - 4]);
    }
}
