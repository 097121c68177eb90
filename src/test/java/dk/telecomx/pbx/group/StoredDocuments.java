package dk.telecomx.pbx.group;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dk.telecomx.pbx.StoredValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/** Documents that may be stored for a group, and what the contract (section 3) says of them, told anew. */
final class StoredDocuments {

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
    /** The eleven booleans. */
    static final List<String> RIGHTS = KEYS.subList(10, 21);

    private static final List<String> STRATEGIES = List.of("ALL", "SEQUENTIAL", "RANDOM");
    private static final List<String> UNKNOWN = List.of("unknown", "writePhoneBook", "_class", "");
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{24}");

    private StoredDocuments() {}

    /** Some fields in some order, some of them twice; each mostly as it should be, so that readable groups are common too. */
    static Arbitrary<List<Map.Entry<String, BsonValue>>> fields() {
        List<String> names = new ArrayList<>(KEYS.subList(1, KEYS.size()));
        names.addAll(UNKNOWN);
        return Arbitraries.of(names)
                .flatMap(name -> Arbitraries.frequencyOf(
                                Tuple.of(40, proper(name)), Tuple.of(1, StoredValues.anything()))
                        .map(value -> Map.entry(name, value)))
                .list()
                .ofMaxSize(30);
    }

    private static Arbitrary<BsonValue> proper(String field) {
        Arbitrary<BsonValue> nothing = Arbitraries.just(BsonNull.VALUE);
        if (STRINGS.contains(field)) {
            return Arbitraries.oneOf(nothing, StoredValues.strings());
        }
        if (IDS.contains(field) || field.equals("customer")) {
            return Arbitraries.oneOf(nothing, StoredValues.ids());
        }
        if (LISTS.contains(field)) {
            return Arbitraries.oneOf(nothing, StoredValues.lists());
        }
        if (RIGHTS.contains(field)) {
            return Arbitraries.oneOf(nothing, StoredValues.flags());
        }
        return switch (field) {
            case "type" -> Arbitraries.just(new BsonString("GROUP"));
            case "strategy" -> Arbitraries.of(STRATEGIES).map(BsonString::new);
            case "ringTime" -> StoredValues.numbers();
            default -> StoredValues.anything();
        };
    }

    /** Whether it is a group at all. */
    static boolean isGroup(BsonDocument meant) {
        return new BsonString("GROUP").equals(meant.get("type"));
    }

    /** Whether each value is of its field's type, and the strategy that counts, which is the last, a known one. */
    static boolean isReadable(List<Map.Entry<String, BsonValue>> fields) {
        BsonValue strategy = StoredValues.meant(fields).get("strategy", BsonNull.VALUE);
        return fields.stream().allMatch(field -> isReadable(field.getKey(), field.getValue()))
                && (strategy.isNull() || STRATEGIES.contains(strategy.asString().getValue()));
    }

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
            return value.isArray()
                    && value.asArray().stream().allMatch(element -> element.isObjectId() || element.isNull());
        }
        if (RIGHTS.contains(field)) {
            return value.isBoolean();
        }
        return switch (field) {
            case "strategy" -> value.isString();
            case "ringTime" -> value.isInt32() || value.isInt64() || (value.isDouble() && isWhole(value.asDouble()));
            default -> true;
        };
    }

    private static boolean isWhole(BsonDouble number) {
        double value = number.getValue();
        return Math.abs(value) <= StoredValues.LARGEST_EXACT && value % 1 == 0;
    }

    /** Fails where that is not what is published of a readable group, nothing expanded. */
    static void isPublished(JsonNode view, ObjectId id, BsonDocument meant) {
        List<String> keys = new ArrayList<>();
        view.fieldNames().forEachRemaining(keys::add);
        assertThat(keys).isEqualTo(KEYS);
        assertThat(view.get("_id").textValue()).isEqualTo(id.toHexString());
        assertThat(view.get("type").textValue()).isEqualTo("GROUP");
        BsonValue customer = meant.get("customer");
        assertThat(view.get("customer").textValue())
                .isEqualTo(
                        customer != null && customer.isObjectId()
                                ? customer.asObjectId().getValue().toHexString()
                                : null);
        STRINGS.forEach(field -> assertThat(view.get(field).textValue()).isEqualTo(text(meant, field)));
        IDS.forEach(field -> assertThat(view.get(field).textValue()).isEqualTo(hex(meant.get(field))));
        LISTS.forEach(field -> {
            List<@Nullable String> ids = new ArrayList<>();
            meant.getArray(field, new BsonArray()).stream()
                    .filter(member -> !member.isNull())
                    .forEach(member -> ids.add(hex(member)));
            List<String> shown = new ArrayList<>();
            view.get(field).forEach(member -> shown.add(member.textValue()));
            assertThat(shown).isEqualTo(ids).allMatch(member -> HEX.matcher(member)
                    .matches());
        });
        RIGHTS.forEach(field -> {
            assertThat(view.get(field).isBoolean()).isTrue();
            assertThat(view.get(field).booleanValue())
                    .isEqualTo(meant.getBoolean(field, BsonBoolean.FALSE).getValue());
        });
        assertThat(view.get("strategy").textValue())
                .isEqualTo(meant.getString("strategy", new BsonString("ALL")).getValue());
        assertThat(view.get("ringTime").isIntegralNumber()).isTrue();
        assertThat(view.get("ringTime").longValue())
                .isEqualTo(meant.getNumber("ringTime", new BsonInt32(0)).longValue());
    }

    private static @Nullable String text(BsonDocument meant, String field) {
        BsonValue value = meant.get(field);
        return value == null ? null : value.asString().getValue();
    }

    private static @Nullable String hex(@Nullable BsonValue value) {
        return value == null ? null : value.asObjectId().getValue().toHexString();
    }
}
