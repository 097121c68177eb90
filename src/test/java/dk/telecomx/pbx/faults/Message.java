package dk.telecomx.pbx.faults;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/** A message of MongoDB's wire protocol, as far as faults care: a command or the answer to one, in a single document. */
final class Message {

    private static final int HEADER = 16;
    private static final int OP_REPLY = 1;
    private static final int OP_QUERY = 2004;
    private static final int OP_MSG = 2013;
    private static final int DOCUMENT = HEADER + 5;
    private static final int FIRST_KEY = DOCUMENT + Integer.BYTES + 1;
    private static final int DOCUMENT_OF_REPLY = HEADER + 20;
    private static final int LARGEST = 48_000_000;
    private static final byte[] ID_KEY = {7, '_', 'i', 'd', 0};
    private static final int ID_LENGTH = 12;
    private static final byte NO_BSON_TYPE = 0x6f;

    private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

    private final byte[] bytes;
    private final ByteBuffer fields;

    private Message(byte[] bytes) {
        this.bytes = bytes;
        this.fields = littleEndian(bytes);
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The next one; null at the end of the stream. */
    static @Nullable Message next(InputStream in) throws IOException {
        byte[] length = in.readNBytes(Integer.BYTES);
        if (length.length < Integer.BYTES) {
            return null;
        }
        int size = littleEndian(length).getInt();
        if (size < HEADER || size > LARGEST) {
            throw new IOException("no message of MongoDB's: " + size + " bytes");
        }
        byte[] whole = Arrays.copyOf(length, size);
        if (in.readNBytes(whole, Integer.BYTES, size - Integer.BYTES) < size - Integer.BYTES) {
            throw new EOFException();
        }
        return new Message(whole);
    }

    int id() {
        return fields.getInt(4);
    }

    /** The id of the message that this one answers. */
    int answers() {
        return fields.getInt(8);
    }

    /** Whether it asks for documents. */
    boolean isFind() {
        return command().equals("find");
    }

    /** The collection that a {@code find} asks for documents of. */
    String collection() {
        int value = FIRST_KEY + "find".length() + 1;
        return text(value + Integer.BYTES, fields.getInt(value) - 1);
    }

    /** How many ids a {@code find} asks for. */
    int ids() {
        return document()
                .getDocument("filter")
                .getDocument("_id")
                .getArray("$in")
                .size();
    }

    /** Whether it asks what the server is: a heartbeat, or the first message of a connection. */
    boolean isGreeting() {
        return kind() == OP_QUERY || command().toLowerCase(Locale.ROOT).matches("hello|ismaster");
    }

    /** The first key of the document, which says what is asked; empty in the old form that drivers greet with. */
    private String command() {
        if (kind() != OP_MSG) {
            return "";
        }
        int end = FIRST_KEY;
        while (bytes[end] != 0) {
            end++;
        }
        return text(FIRST_KEY, end - FIRST_KEY);
    }

    private String text(int at, int length) {
        return new String(bytes, at, length, StandardCharsets.UTF_8);
    }

    private int kind() {
        return fields.getInt(12);
    }

    private int documentAt() {
        return kind() == OP_REPLY ? DOCUMENT_OF_REPLY : DOCUMENT;
    }

    /** What it says. */
    BsonDocument document() {
        return new RawBsonDocument(bytes, documentAt(), fields.getInt(documentAt())).decode(CODEC);
    }

    /** The same message with other words. */
    Message saying(BsonDocument words) {
        ByteBuffer said = new RawBsonDocument(words, CODEC).getByteBuffer().asNIO();
        byte[] other = Arrays.copyOf(bytes, documentAt() + said.remaining());
        said.get(other, documentAt(), said.remaining());
        littleEndian(other).putInt(0, other.length);
        return new Message(other);
    }

    /** The same message, but the document of that id has a field of a type that BSON does not know; its length and its id are right. */
    Message malforming(ObjectId id) {
        byte[] key = ByteBuffer.allocate(ID_KEY.length + ID_LENGTH)
                .put(ID_KEY)
                .put(id.toByteArray())
                .array();
        byte[] other = bytes.clone();
        for (int at = HEADER; at + key.length < other.length; at++) {
            if (Arrays.equals(other, at, at + key.length, key, 0, key.length)) {
                other[at + key.length] = NO_BSON_TYPE;
            }
        }
        return new Message(other);
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(bytes);
        out.flush();
    }

    /** Writes the first half. */
    void writeHalfTo(OutputStream out) throws IOException {
        out.write(bytes, 0, bytes.length / 2);
        out.flush();
    }

    /** Writes it with each bit turned over. */
    void writeCorruptTo(OutputStream out) throws IOException {
        byte[] turned = bytes.clone();
        for (int i = 0; i < turned.length; i++) {
            turned[i] = (byte) ~turned[i];
        }
        out.write(turned);
        out.flush();
    }
}
