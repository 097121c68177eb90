package dk.telecomx.pbx;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonBinaryReader;
import org.bson.BsonBinaryWriter;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonMaxKey;
import org.bson.BsonNull;
import org.bson.BsonObjectId;
import org.bson.BsonRegularExpression;
import org.bson.BsonString;
import org.bson.BsonSymbol;
import org.bson.BsonType;
import org.bson.BsonUndefined;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonValueCodec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;

/** What may be stored, whoever wrote it: values of each type and size, and documents with a field in them twice. */
public final class StoredValues {

    /** Up to here a double that looks like a whole number is one exactly. */
    public static final double LARGEST_EXACT = 9007199254740992.0;

    private static final int MANY = 3_000;
    private static final BsonValueCodec VALUES = new BsonValueCodec();

    private StoredValues() {}

    /** Mostly short, seldom of 100 KB. */
    public static Arbitrary<BsonValue> strings() {
        return Arbitraries.frequencyOf(
                        Tuple.of(60, Arbitraries.strings().all().ofMaxLength(60)),
                        Tuple.of(1, Arbitraries.of("æ".repeat(50_000), "\"\\\u0000\u2028".repeat(20_000))))
                .map(text -> new BsonString(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)));
    }

    public static Arbitrary<BsonValue> ids() {
        return Arbitraries.create(() -> new BsonObjectId(new ObjectId()));
    }

    /** Mostly short, seldom of thousands. */
    public static Arbitrary<BsonValue> lists() {
        return Arbitraries.frequencyOf(
                Tuple.of(60, ids().list().ofMaxSize(40).map(BsonArray::new)),
                Tuple.of(
                        1,
                        Arbitraries.create(() -> new BsonArray(
                                Stream.generate(BsonObjectId::new).limit(MANY).toList()))));
    }

    public static Arbitrary<BsonValue> flags() {
        return Arbitraries.of(true, false).map(BsonBoolean::valueOf);
    }

    public static Arbitrary<BsonValue> numbers() {
        return Arbitraries.oneOf(
                Arbitraries.integers().map(BsonInt32::new),
                Arbitraries.longs().map(BsonInt64::new),
                Arbitraries.integers().map(BsonDouble::new),
                Arbitraries.of(LARGEST_EXACT, -LARGEST_EXACT, 0.0, -0.0, 20.0).map(BsonDouble::new));
    }

    public static Arbitrary<BsonValue> anything() {
        Arbitrary<BsonValue> odd = Arbitraries.of(
                BsonNull.VALUE,
                new BsonUndefined(),
                new BsonMaxKey(),
                new BsonDateTime(0),
                new BsonBinary(new byte[12]),
                new BsonSymbol("GROUP"),
                new BsonRegularExpression(".*"),
                new BsonDecimal128(Decimal128.parse("20")),
                new BsonDouble(Double.NaN),
                new BsonDouble(Double.POSITIVE_INFINITY),
                new BsonDouble(20.5),
                new BsonDouble(LARGEST_EXACT + 2),
                new BsonString("all"),
                new BsonString("true"),
                new BsonString("5f00000000000000000000a1"),
                new BsonDocument("_id", new BsonObjectId()),
                new BsonArray(List.of(new BsonObjectId(), BsonNull.VALUE)));
        return Arbitraries.oneOf(
                odd,
                strings(),
                ids(),
                flags(),
                numbers(),
                odd.list().ofMaxSize(3).map(BsonArray::new));
    }

    /** The document of these fields, in their order, each as often as it is there. */
    public static RawBsonDocument document(List<Map.Entry<String, BsonValue>> fields) {
        try (BasicOutputBuffer bytes = new BasicOutputBuffer();
                BsonBinaryWriter writer = new BsonBinaryWriter(bytes)) {
            writer.writeStartDocument();
            for (Map.Entry<String, BsonValue> field : fields) {
                writer.writeName(field.getKey());
                VALUES.encode(writer, field.getValue(), EncoderContext.builder().build());
            }
            writer.writeEndDocument();
            return new RawBsonDocument(bytes.toByteArray());
        }
    }

    /** The fields of a document, in their order, each as often as it is there. */
    public static List<Map.Entry<String, BsonValue>> fields(RawBsonDocument document) {
        List<Map.Entry<String, BsonValue>> fields = new ArrayList<>();
        try (BsonBinaryReader reader =
                new BsonBinaryReader(document.getByteBuffer().asNIO())) {
            reader.readStartDocument();
            while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
                String name = reader.readName();
                fields.add(Map.entry(
                        name, VALUES.decode(reader, DecoderContext.builder().build())));
            }
        }
        return fields;
    }

    /** What a field's values come to: null and missing are the same, and of several values the last one counts. */
    public static BsonDocument meant(List<Map.Entry<String, BsonValue>> fields) {
        BsonDocument meant = new BsonDocument();
        for (Map.Entry<String, BsonValue> field : fields) {
            if (!field.getValue().isNull()) {
                meant.put(field.getKey(), field.getValue());
            }
        }
        return meant;
    }
}
