package dk.telecomx.pbx.group;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dk.telecomx.pbx.error.Failure.GroupUnreadable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.bson.BsonArray;
import org.bson.BsonBinary;
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
import org.bson.BsonUndefined;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/** Whatever is stored, a group has the contract's shape or is unreadable, as the contract's table of types says (section 3). */
class StoredGroupPropertiesTest {

    private static final List<String> KEYS = List.of(
            "_id",
            "type",
            "customer",
            "name",
            "number",
            "startAudio",
            "redirect",
            "notes",
            "members",
            "controllers",
            "pickup",
            "steal",
            "spy",
            "setPresence",
            "queueMember",
            "viewOtherParty",
            "sms",
            "readCalendar",
            "writeCalendar",
            "readPhonebook",
            "writePhonebook",
            "strategy",
            "ringTime",
            "timeoutGoto");
    private static final Set<String> STRINGS = Set.of("name", "number", "redirect", "notes");
    private static final Set<String> IDS = Set.of("startAudio", "timeoutGoto");
    private static final Set<String> LISTS = Set.of("members", "controllers");
    private static final List<String> FLAGS = KEYS.subList(10, 21);
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{24}");
    private static final double LARGEST_EXACT = 9007199254740992.0;

    private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

    private final ObjectMapper json = new ObjectMapper();

    @Property(tries = 1000)
    void givesTheContractsShapeOrIsUnreadable(@ForAll("documents") Map<String, BsonValue> fields) throws Exception {
        ObjectId id = new ObjectId();
        BsonDocument document = new BsonDocument("type", new BsonString("GROUP"));
        fields.forEach(document::put);
        RawBsonDocument bytes = new RawBsonDocument(document, CODEC);
        BsonDocument stored = bytes.decode(CODEC);
        StoredGroup group = StoredGroup.of(id, bytes);

        boolean readable = fields.entrySet().stream().allMatch(field -> isReadable(field.getKey(), field.getValue()));
        Group read;
        try {
            read = group.read();
        } catch (GroupUnreadable unreadable) {
            assertThat(unreadable.getMessage()).contains(id.toHexString());
            assertThat(readable).as("%s: %s", unreadable.getMessage(), stored).isFalse();
            return;
        }
        assertThat(readable).as("read %s", stored).isTrue();
        GroupView view = GroupView.of(read, Reference.Id::of, Reference.Id::of);
        hasTheShape(json.readTree(json.writeValueAsBytes(view)), id, stored);
    }

    /** What the contract says of a field's type, told anew. */
    private static boolean isReadable(String field, BsonValue value) {
        if (value.isNull()) {
            return true;
        }
        if (STRINGS.contains(field)) {
            return value.isString();
        }
        if (IDS.contains(field)) {
            return value.isObjectId();
        }
        if (LISTS.contains(field)) {
            return value.isArray() && value.asArray().stream().allMatch(BsonValue::isObjectId);
        }
        if (FLAGS.contains(field)) {
            return value.isBoolean();
        }
        return switch (field) {
            case "strategy" ->
                value.isString()
                        && Set.of("ALL", "SEQUENTIAL", "RANDOM")
                                .contains(value.asString().getValue());
            case "ringTime" -> value.isInt32() || value.isInt64() || (value.isDouble() && isWhole(value.asDouble()));
            default -> true;
        };
    }

    private static boolean isWhole(BsonDouble number) {
        double value = number.getValue();
        return Math.abs(value) <= LARGEST_EXACT && value % 1 == 0;
    }

    private static void hasTheShape(JsonNode view, ObjectId id, BsonDocument stored) {
        List<String> keys = new ArrayList<>();
        view.fieldNames().forEachRemaining(keys::add);
        assertThat(keys).isEqualTo(KEYS);
        assertThat(view.get("_id").textValue()).isEqualTo(id.toHexString());
        assertThat(view.get("type").textValue()).isEqualTo("GROUP");
        BsonValue customer = stored.get("customer");
        assertThat(view.get("customer").textValue())
                .isEqualTo(
                        customer != null && customer.isObjectId()
                                ? customer.asObjectId().getValue().toHexString()
                                : null);
        STRINGS.forEach(field -> assertThat(view.get(field).textValue()).isEqualTo(text(stored, field)));
        IDS.forEach(field -> assertThat(view.get(field).textValue()).isEqualTo(hex(present(stored, field))));
        LISTS.forEach(field -> {
            List<@Nullable String> ids = new ArrayList<>();
            BsonValue list = present(stored, field);
            if (list != null) {
                list.asArray().forEach(member -> ids.add(hex(member)));
            }
            List<String> shown = new ArrayList<>();
            view.get(field).forEach(member -> shown.add(member.textValue()));
            assertThat(shown).isEqualTo(ids).allMatch(member -> HEX.matcher(member)
                    .matches());
        });
        FLAGS.forEach(field -> {
            BsonValue flag = present(stored, field);
            assertThat(view.get(field).isBoolean()).isTrue();
            assertThat(view.get(field).booleanValue())
                    .isEqualTo(flag != null && flag.asBoolean().getValue());
        });
        String strategy = text(stored, "strategy");
        assertThat(view.get("strategy").textValue()).isEqualTo(strategy == null ? "ALL" : strategy);
        BsonValue ringTime = present(stored, "ringTime");
        assertThat(view.get("ringTime").isIntegralNumber()).isTrue();
        assertThat(view.get("ringTime").longValue())
                .isEqualTo(ringTime == null ? 0 : ringTime.asNumber().longValue());
    }

    private static @Nullable BsonValue present(BsonDocument stored, String field) {
        BsonValue value = stored.get(field);
        return value == null || value.isNull() ? null : value;
    }

    private static @Nullable String text(BsonDocument stored, String field) {
        BsonValue value = present(stored, field);
        return value == null ? null : value.asString().getValue();
    }

    private static @Nullable String hex(@Nullable BsonValue value) {
        return value == null ? null : value.asObjectId().getValue().toHexString();
    }

    /** Some fields are there; each mostly as it should be, so that readable groups are common too. */
    @Provide
    Arbitrary<Map<String, BsonValue>> documents() {
        Arbitrary<Map.Entry<String, BsonValue>> field = Arbitraries.of(
                        "customer",
                        "name",
                        "number",
                        "startAudio",
                        "redirect",
                        "notes",
                        "members",
                        "controllers",
                        "pickup",
                        "writePhonebook",
                        "sms",
                        "strategy",
                        "ringTime",
                        "timeoutGoto",
                        "unknown",
                        "$where",
                        "writePhoneBook",
                        "")
                .flatMap(name -> Arbitraries.frequencyOf(
                                net.jqwik.api.Tuple.of(12, proper(name)), net.jqwik.api.Tuple.of(1, anything()))
                        .map(value -> Map.entry(name, value)));
        return field.list().ofMaxSize(14).map(fields -> {
            Map<String, BsonValue> document = new java.util.LinkedHashMap<>();
            fields.forEach(each -> document.put(each.getKey(), each.getValue()));
            return document;
        });
    }

    private static Arbitrary<BsonValue> proper(String field) {
        Arbitrary<BsonValue> nothing = Arbitraries.just(BsonNull.VALUE);
        if (STRINGS.contains(field)) {
            return Arbitraries.oneOf(nothing, strings());
        }
        if (IDS.contains(field) || field.equals("customer")) {
            return Arbitraries.oneOf(nothing, ids());
        }
        if (LISTS.contains(field)) {
            return Arbitraries.oneOf(nothing, ids().list().ofMaxSize(40).map(BsonArray::new));
        }
        if (FLAGS.contains(field)) {
            return Arbitraries.oneOf(nothing, flags());
        }
        return switch (field) {
            case "strategy" -> Arbitraries.of("ALL", "SEQUENTIAL", "RANDOM").map(BsonString::new);
            case "ringTime" -> numbers();
            default -> anything();
        };
    }

    private static Arbitrary<BsonValue> strings() {
        return Arbitraries.strings().all().ofMaxLength(300).map(BsonString::new);
    }

    private static Arbitrary<BsonValue> ids() {
        return Arbitraries.create(() -> new BsonObjectId(new ObjectId()));
    }

    private static Arbitrary<BsonValue> flags() {
        return Arbitraries.of(true, false).map(BsonBoolean::valueOf);
    }

    private static Arbitrary<BsonValue> numbers() {
        return Arbitraries.oneOf(
                Arbitraries.integers().map(BsonInt32::new),
                Arbitraries.longs().map(BsonInt64::new),
                Arbitraries.integers().map(BsonDouble::new),
                Arbitraries.of(LARGEST_EXACT, -LARGEST_EXACT, 0.0, -0.0, 20.0).map(BsonDouble::new));
    }

    private static Arbitrary<BsonValue> anything() {
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
}
