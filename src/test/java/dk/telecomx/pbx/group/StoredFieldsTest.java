package dk.telecomx.pbx.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.ObjectMapper;
import dk.telecomx.pbx.StoredValues;
import dk.telecomx.pbx.dialplan.DialplanItem;
import dk.telecomx.pbx.dialplan.PlainDialplan;
import dk.telecomx.pbx.error.Failure;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonSymbol;
import org.bson.BsonValue;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each field is read by itself, and published as itself. */
class StoredFieldsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final BsonString GROUP = new BsonString("GROUP");

    static Stream<Arguments> fields() {
        Stream<Arguments> others = Stream.of(
                arguments("customer", new BsonObjectId()),
                arguments("name", new BsonString("Support")),
                arguments("number", new BsonString("800")),
                arguments("startAudio", new BsonObjectId()),
                arguments("redirect", new BsonString("900")),
                arguments("notes", new BsonString("")),
                arguments("members", new BsonArray(List.of(new BsonObjectId(), new BsonObjectId()))),
                arguments("controllers", new BsonArray(List.of(new BsonObjectId()))),
                arguments("strategy", new BsonString("RANDOM")),
                arguments("strategy", new BsonString("SEQUENTIAL")),
                arguments("strategy", new BsonString("ALL")),
                arguments("ringTime", new BsonInt32(25)),
                arguments("timeoutGoto", new BsonObjectId()),
                arguments("unknown", new BsonArray(List.of(new BsonString("name")))));
        return Stream.concat(
                StoredDocuments.RIGHTS.stream()
                        .flatMap(flag ->
                                Stream.of(arguments(flag, BsonBoolean.TRUE), arguments(flag, BsonBoolean.FALSE))),
                others);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("fields")
    void isPublishedAsItself(String field, BsonValue value) throws IOException {
        isPublishedAsMeant(
                List.of(Map.entry(field, value), Map.entry("type", GROUP), Map.entry("zzz", BsonBoolean.TRUE)));
    }

    /** BSON takes a field twice. */
    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("fields")
    void isItsLastValueThatIsNotNull(String field, BsonValue value) throws IOException {
        isPublishedAsMeant(List.of(
                Map.entry("type", GROUP),
                Map.entry(field, earlier(value)),
                Map.entry(field, value),
                Map.entry(field, BsonNull.VALUE)));
    }

    private static BsonValue earlier(BsonValue value) {
        return switch (value.getBsonType()) {
            case BOOLEAN -> BsonBoolean.valueOf(!value.asBoolean().getValue());
            case OBJECT_ID -> new BsonObjectId();
            case ARRAY -> new BsonArray();
            case INT32 -> new BsonInt64(7);
            default -> new BsonString("earlier");
        };
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("fields")
    void cannotBeReadWhereOneOfItsValuesCannot(String field, BsonValue value) {
        DialplanItem stored = PlainDialplan.item(
                new ObjectId(),
                StoredValues.document(List.of(
                        Map.entry("type", GROUP), Map.entry(field, new BsonSymbol("odd")), Map.entry(field, value))));

        if (List.of("customer", "unknown").contains(field)) {
            assertThat(view(stored)).isNotNull();
        } else {
            assertThatThrownBy(() -> view(stored))
                    .isInstanceOf(Failure.class)
                    .hasMessageEndingWith(" is unreadable: field " + field);
        }
    }

    private static GroupView view(DialplanItem stored) {
        return GroupView.of(stored, Reference.Id::of, Reference.Id::of);
    }

    private static void isPublishedAsMeant(List<Map.Entry<String, BsonValue>> fields) throws IOException {
        ObjectId id = new ObjectId();

        DialplanItem stored = PlainDialplan.item(id, StoredValues.document(fields));

        assertThat(stored.type()).isEqualTo("GROUP");
        GroupView view = view(stored);
        StoredDocuments.isPublished(JSON.readTree(JSON.writeValueAsBytes(view)), id, StoredValues.meant(fields));
    }

    @Test
    void namesTheFirstInTheViewsOrderOfSeveralThatCannotBeRead() {
        DialplanItem stored = PlainDialplan.item(
                new ObjectId(),
                StoredValues.document(List.of(
                        Map.entry("type", GROUP), Map.entry("notes", GROUP),
                        Map.entry("ringTime", GROUP), Map.entry("name", BsonBoolean.TRUE))));

        assertThatThrownBy(() -> view(stored))
                .isInstanceOf(Failure.class)
                .hasMessageEndingWith(" is unreadable: field name");
    }
}
