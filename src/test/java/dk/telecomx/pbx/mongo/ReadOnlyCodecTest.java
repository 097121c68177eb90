package dk.telecomx.pbx.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.telecomx.pbx.error.Failure;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.Function;
import org.bson.BsonBinaryReader;
import org.bson.BsonDocument;
import org.bson.BsonDocumentWriter;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadOnlyCodecTest {

    private static final ObjectId ID = new ObjectId();
    private static final int FIRST_FIELD = 4 + 1 + "_id".length() + 1 + 12;

    private static final class Thing extends StoredDocument {
        Thing(ObjectId id, Function<String, @Nullable Object> values) {
            super(id, values);
        }
    }

    private static final class ThingCodec extends ReadOnlyCodec<Thing> {
        ThingCodec() {
            super(Thing.class, List.of("name", "members"), Thing::new);
        }
    }

    private static final ThingCodec CODEC = new ThingCodec();

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "a type that BSON does not know,       0, 111",
        "a length beyond the document,         9, 127",
        "a negative length,                    9, -1",
        "a name without an end,                5, 65"
    })
    void aMalformedDocumentFailsWhereAFieldIsAskedForAndTheNextDocumentIsRead(String what, int at, byte value) {
        byte[] malformed = document(ID, "Support");
        malformed[FIRST_FIELD + at] = value;
        ObjectId next = new ObjectId();

        try (BsonBinaryReader reader = reader(malformed, document(next, "Sales"))) {
            Thing first = decode(reader);
            assertThat(first.id()).isEqualTo(ID);
            assertThatThrownBy(() -> first.valueIfA(String.class, "name"))
                    .isInstanceOf(Failure.class)
                    .hasMessage("document " + ID + " is unreadable: not BSON");
            assertThatThrownBy(() -> first.value("members"))
                    .isInstanceOf(Failure.class)
                    .hasMessage("document " + ID + " is unreadable: not BSON");

            Thing second = decode(reader);
            assertThat(second.id()).isEqualTo(next);
            assertThat(second.value("name")).isEqualTo("Sales");
        }
    }

    @Test
    void aFieldThatIsNotReadCannotBeAskedFor() {
        try (BsonBinaryReader reader = reader(document(ID, "Support"))) {
            Thing stored = decode(reader);

            assertThat(stored.value("members")).isNull();
            assertThatThrownBy(() -> stored.value("member")).hasMessage("member");
        }
    }

    @Test
    void isTheCodecOfItsEntity() {
        assertThat(CODEC.getEncoderClass()).isEqualTo(Thing.class);
    }

    @Test
    void refusesToWrite() {
        Thing stored;
        try (BsonBinaryReader reader = reader(document(ID, "Support"))) {
            stored = decode(reader);
        }
        BsonDocument written = new BsonDocument();

        assertThatThrownBy(() -> CODEC.encode(
                        new BsonDocumentWriter(written),
                        stored,
                        EncoderContext.builder().build()))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThat(written).isEmpty();
    }

    private static Thing decode(BsonBinaryReader documents) {
        documents.readBsonType();
        documents.skipName();
        return CODEC.decode(documents, DecoderContext.builder().build());
    }

    /** Reads an array of these documents, as the database sends them. */
    private static BsonBinaryReader reader(byte[]... documents) {
        ByteBuffer array = ByteBuffer.allocate(1_000).order(ByteOrder.LITTLE_ENDIAN);
        array.putInt(0);
        for (int i = 0; i < documents.length; i++) {
            array.put((byte) 3).put((byte) ('0' + i)).put((byte) 0).put(documents[i]);
        }
        array.put((byte) 0).putInt(0, array.position()).flip();
        BsonBinaryReader reader = new BsonBinaryReader(array);
        reader.readStartDocument();
        return reader;
    }

    private static byte[] document(ObjectId id, String name) {
        BsonDocument document = new BsonDocument("_id", new BsonObjectId(id)).append("name", new BsonString(name));
        ByteBuffer bytes = new RawBsonDocument(document, new BsonDocumentCodec())
                .getByteBuffer()
                .asNIO();
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return copy;
    }
}
