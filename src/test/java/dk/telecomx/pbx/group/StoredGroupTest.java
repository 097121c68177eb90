package dk.telecomx.pbx.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dk.telecomx.pbx.Fixtures;
import dk.telecomx.pbx.dialplan.DialplanItem;
import dk.telecomx.pbx.dialplan.PlainDialplan;
import dk.telecomx.pbx.error.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonUndefined;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.types.Decimal128;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoredGroupTest {

    private static final List<String> STRINGS = List.of("name", "number", "redirect", "notes");
    private static final List<String> IDS = List.of("startAudio", "timeoutGoto");
    private static final List<String> LISTS = List.of("members", "controllers");
    private static final Map<String, BsonValue> VALUES = Map.ofEntries(
            Map.entry("a string", new BsonString("ALL")),
            Map.entry("an int32", new BsonInt32(1)),
            Map.entry("an int64", new BsonInt64(1)),
            Map.entry("a double", new BsonDouble(1)),
            Map.entry("a decimal", new BsonDecimal128(Decimal128.POSITIVE_ZERO)),
            Map.entry("a boolean", BsonBoolean.TRUE),
            Map.entry("an id", new BsonObjectId(Fixtures.ANNA)),
            Map.entry("a list", new BsonArray(List.of(new BsonObjectId(Fixtures.ANNA)))),
            Map.entry("a document", new BsonDocument("$oid", new BsonString(Fixtures.ANNA.toHexString()))),
            Map.entry("a date", new BsonDateTime(0)),
            Map.entry("bytes", new BsonBinary(new byte[] {1})),
            Map.entry("undefined", new BsonUndefined()));

    static Stream<Arguments> wrongTypes() {
        List<Arguments> rows = new ArrayList<>();
        STRINGS.forEach(field -> addAllBut(rows, field, List.of("a string")));
        IDS.forEach(field -> addAllBut(rows, field, List.of("an id")));
        LISTS.forEach(field -> addAllBut(rows, field, List.of("a list")));
        StoredDocuments.RIGHTS.forEach(field -> addAllBut(rows, field, List.of("a boolean")));
        addAllBut(rows, "strategy", List.of("a string"));
        addAllBut(rows, "ringTime", List.of("an int32", "an int64", "a double"));
        return rows.stream();
    }

    private static void addAllBut(List<Arguments> rows, String field, List<String> right) {
        VALUES.forEach((what, value) -> {
            if (!right.contains(what)) {
                rows.add(arguments(field, what, value));
            }
        });
    }

    @ParameterizedTest(name = "{0} is {1}")
    @MethodSource("wrongTypes")
    void cannotReadAFieldOfAnotherType(String field, String what, BsonValue value) {
        assertThatThrownBy(() -> read(field, value))
                .isInstanceOf(Failure.class)
                .hasMessage("group " + Fixtures.SUPPORT.toHexString() + " is unreadable: field " + field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"members", "controllers"})
    void cannotReadAListWithSomethingElseThanIds(String field) {
        VALUES.forEach((what, value) -> {
            if (!value.isObjectId()) {
                BsonArray list = new BsonArray(List.of(new BsonObjectId(Fixtures.ANNA), value));
                assertThatThrownBy(() -> read(field, list))
                        .as(what)
                        .hasMessageEndingWith(" is unreadable: field " + field);
            }
        });
    }

    /** What {@code $unset} on an element of an array leaves once made the whole group unreadable. */
    @ParameterizedTest
    @ValueSource(strings = {"members", "controllers"})
    void leavesANullInAListOut(String field) {
        BsonArray list = new BsonArray(List.of(BsonNull.VALUE, new BsonObjectId(Fixtures.ANNA), BsonNull.VALUE));
        GroupView group = read(field, list);
        assertThat(field.equals("members") ? group.members() : group.controllers())
                .containsExactly(Reference.Id.of(Fixtures.ANNA));
    }

    @Test
    void readsWhatIsMissingAsItsDefault() {
        assertThat(view(stored(new BsonDocument()))).isEqualTo(nothing());
    }

    @Test
    void readsNullAsMissing() {
        BsonDocument stored = new BsonDocument();
        for (String field : DialplanItem.FIELDS) {
            stored.append(field, BsonNull.VALUE);
        }

        assertThat(view(stored(stored))).isEqualTo(nothing());
    }

    static Stream<Arguments> wholeNumbers() {
        return Stream.of(
                arguments(new BsonInt32(0), 0L),
                arguments(new BsonInt32(-1), -1L),
                arguments(new BsonInt32(Integer.MAX_VALUE), (long) Integer.MAX_VALUE),
                arguments(new BsonInt64(Long.MAX_VALUE), Long.MAX_VALUE),
                arguments(new BsonDouble(25.0), 25L),
                arguments(new BsonDouble(-0.0), 0L),
                arguments(new BsonDouble(1L << 53), 1L << 53));
    }

    @ParameterizedTest
    @MethodSource("wholeNumbers")
    void readsWholeNumbersHoweverTheyAreStored(BsonValue stored, long expected) {
        assertThat(read("ringTime", stored).ringTime()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, -1.25, 1e300, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void cannotReadADoubleThatIsNoWholeNumber(double stored) {
        assertThatThrownBy(() -> read("ringTime", new BsonDouble(stored)))
                .hasMessageEndingWith(" is unreadable: field ringTime");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ALL", "SEQUENTIAL", "RANDOM"})
    void readsEveryStrategy(String strategy) {
        assertThat(read("strategy", new BsonString(strategy)).strategy()).isEqualTo(strategy);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "all", "ROUND_ROBIN", " ALL"})
    void cannotReadAnUnknownStrategy(String stored) {
        assertThatThrownBy(() -> read("strategy", new BsonString(stored)))
                .isInstanceOf(Failure.class)
                .hasMessageEndingWith(" is unreadable: field strategy");
    }

    @Test
    void takesACustomerOfAnotherTypeForNone() {
        VALUES.forEach((what, value) -> {
            DialplanItem group = stored(new BsonDocument("customer", value));
            if (!value.isObjectId()) {
                assertThat(group.customer()).as(what).isNull();
                assertThat(view(group).customer()).as(what).isNull();
            }
        });
    }

    @Test
    void isAGroupByItsTypeAlone() {
        assertThat("GROUP"
                        .equals(stored(new BsonDocument("type", new BsonString("GROUP")))
                                .type()))
                .isTrue();
        assertThat("GROUP"
                        .equals(stored(new BsonDocument("type", new BsonString("group")))
                                .type()))
                .isFalse();
        assertThat("GROUP"
                        .equals(stored(new BsonDocument("type", new BsonInt32(1)))
                                .type()))
                .isFalse();
        assertThat("GROUP".equals(stored(new BsonDocument()).type())).isFalse();
    }

    private static GroupView view(DialplanItem group) {
        return GroupView.of(group, Reference.Id::of, Reference.Id::of);
    }

    private static GroupView read(String field, BsonValue value) {
        return view(stored(new BsonDocument(field, value)));
    }

    private static DialplanItem stored(BsonDocument document) {
        return PlainDialplan.item(Fixtures.SUPPORT, new RawBsonDocument(document, new BsonDocumentCodec()));
    }

    private static GroupView nothing() {
        return new GroupView(
                Fixtures.SUPPORT.toHexString(),
                "GROUP",
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                List.of(),
                false,
                false,
                false,
                false,
                false,
                false,
                false,
                false,
                false,
                false,
                false,
                "ALL",
                0,
                null);
    }
}
