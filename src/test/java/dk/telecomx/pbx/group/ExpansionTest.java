package dk.telecomx.pbx.group;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.model.Updates;
import dk.telecomx.pbx.Database;
import dk.telecomx.pbx.Fixtures;
import dk.telecomx.pbx.Requests;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ExpansionTest {

    private static final String BOTH = "?expandExtension=true&expandGoto=true";

    private final List<ObjectId> thousands = new ArrayList<>();

    @AfterEach
    void leavesNoThousandsBehind() {
        Database.removeAll(thousands);
    }

    @Test
    void keepsLengthOrderAndDuplicates() {
        assertThat(Requests.get(Requests.group(Fixtures.SUPPORT) + BOTH).asString())
                .contains("\"members\":[" + extension(Fixtures.BO, "102", "Bo") + ","
                        + extension(Fixtures.ANNA, "101", "Anna") + "," + extension(Fixtures.BO, "102", "Bo") + "]")
                .contains("\"controllers\":[" + extension(Fixtures.CARL, "103", "Carl Ærø") + "]")
                .contains("\"timeoutGoto\":{\"_id\":\"" + Fixtures.QUEUE
                        + "\",\"type\":\"QUEUE\",\"number\":\"700\",\"name\":\"Evening queue\"}");
    }

    @Test
    void showsNothingButTheIdOfWhatResolvesToNothing() {
        assertThat(Requests.get(Requests.group(Fixtures.DANGLING) + BOTH).asString())
                .contains("\"members\":[" + extension(Fixtures.GONE, null, null) + ","
                        + extension(Fixtures.ANNA, "101", "Anna") + "," + extension(Fixtures.STRANGER, null, null) + ","
                        + extension(Fixtures.QUEUE, null, null) + "]")
                .contains("\"controllers\":[" + extension(Fixtures.STRANGER, null, null) + ","
                        + extension(Fixtures.BLANK, null, null) + "]")
                .contains("\"timeoutGoto\":{\"_id\":\"" + Fixtures.STRANGER
                        + "\",\"type\":null,\"number\":null,\"name\":null}");
    }

    @Test
    void hidesWhetherAForeignItemIsThere() {
        ObjectId id = Fixtures.newId();
        ObjectId group = Database.put(Fixtures.group(Fixtures.newId(), Fixtures.ACME)
                .append("members", List.of(id))
                .append("controllers", List.of(id))
                .append("timeoutGoto", id));
        Told missing = told(group);

        Database.put(Fixtures.extension(id, Fixtures.GDANSK, "901", "Stranger"));
        Told foreign = told(group);

        Database.put(Fixtures.extension(id, Fixtures.GDANSK, "902", "Renamed"));
        Told renamed = told(group);

        assertThat(foreign).isEqualTo(missing);
        assertThat(renamed).isEqualTo(missing);
        assertThat(missing.body()).doesNotContain("Stranger").contains(id.toHexString());
    }

    @Test
    void hidesWhetherAnItemOfAnotherTypeIsThere() {
        ObjectId id = Fixtures.newId();
        ObjectId group =
                Database.put(Fixtures.group(Fixtures.newId(), Fixtures.ACME).append("members", List.of(id)));
        Told missing = told(group);

        Database.put(Fixtures.item(id, "QUEUE", Fixtures.ACME)
                .append("number", "700")
                .append("name", "Queue"));

        assertThat(told(group)).isEqualTo(missing);
    }

    @Test
    void resolvesNothingOfAnItemThatIsNobodys() {
        ObjectId nobodys =
                Database.put(Fixtures.item(Fixtures.newId(), "EXTENSION", null).append("name", "Nobody's"));
        ObjectId group = Database.put(Fixtures.group(Fixtures.newId(), null)
                .append("members", List.of(nobodys))
                .append("timeoutGoto", nobodys));

        assertThat(Requests.get(Requests.group(group) + BOTH).asString())
                .contains(extension(nobodys, null, null))
                .doesNotContain("Nobody's");
    }

    @Test
    void showsNullForANumberOrANameOfAnotherType() {
        ObjectId odd = Database.put(Fixtures.item(Fixtures.newId(), "EXTENSION", Fixtures.ACME)
                .append("number", 101)
                .append("name", List.of("Odd")));
        ObjectId group = Database.put(Fixtures.group(Fixtures.newId(), Fixtures.ACME)
                .append("members", List.of(odd))
                .append("timeoutGoto", odd));

        assertThat(Requests.get(Requests.group(group) + BOTH).asString())
                .contains("\"members\":[" + extension(odd, null, null) + "]")
                .contains("\"timeoutGoto\":{\"_id\":\"" + odd
                        + "\",\"type\":\"EXTENSION\",\"number\":null,\"name\":null}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "EXTENSION",
                "TRUNK",
                "CONFERENCE",
                "DIAL",
                "DISA",
                "PLAYBACK",
                "QUEUE",
                "SET_VALUE",
                "MENU_ROUTER",
                "TIME_ROUTER",
                "URL_ROUTER",
                "VALUE_ROUTER",
                "GROUP"
            })
    void resolvesAGotoOfEveryType(String type) {
        ObjectId item = Database.put(
                Fixtures.item(Fixtures.newId(), type, Fixtures.ACME).append("name", "There"));
        ObjectId group =
                Database.put(Fixtures.group(Fixtures.newId(), Fixtures.ACME).append("timeoutGoto", item));

        assertThat(Requests.get(Requests.group(group) + BOTH).asString())
                .contains("\"timeoutGoto\":{\"_id\":\"" + item + "\",\"type\":\"" + type
                        + "\",\"number\":null,\"name\":\"There\"}");
    }

    @Test
    void resolvesAGotoToTheGroupItself() {
        ObjectId id = Fixtures.newId();
        Database.put(Fixtures.group(id, Fixtures.ACME).append("name", "Loop").append("timeoutGoto", id));

        assertThat(Requests.get(Requests.group(id) + BOTH).asString())
                .contains("\"timeoutGoto\":{\"_id\":\"" + id
                        + "\",\"type\":\"GROUP\",\"number\":null,\"name\":\"Loop\"}");
    }

    @Test
    void resolvesByTheGroupsCustomerWhoeverAsks() {
        String asAdmin =
                Requests.asAdmin().get(Requests.group(Fixtures.DANGLING) + BOTH).asString();

        assertThat(Requests.asViewerOf(Fixtures.ACME)
                        .get(Requests.group(Fixtures.DANGLING) + BOTH)
                        .asString())
                .isEqualTo(asAdmin);
        assertThat(asAdmin).doesNotContain("Stranger").doesNotContain("901");
    }

    @Test
    void keepsThousandsOfMembersInOrder() {
        List<Document> extensions = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            ObjectId id = Fixtures.newId();
            thousands.add(id);
            if (i % 10 != 0) {
                extensions.add(Fixtures.extension(id, Fixtures.ACME, Integer.toString(i), "Member " + i));
            }
        }
        Database.add(extensions);
        List<ObjectId> members = new ArrayList<>(thousands);
        Collections.reverse(members);
        ObjectId group =
                Database.put(Fixtures.group(Fixtures.newId(), Fixtures.ACME).append("members", members));

        Response response = Requests.get(Requests.group(group) + BOTH);

        List<String> expected = new ArrayList<>();
        for (int i = 1_999; i >= 0; i--) {
            expected.add(i % 10 == 0 ? "null" : Integer.toString(i));
        }
        assertThat(response.jsonPath().getList("members._id"))
                .isEqualTo(members.stream().map(ObjectId::toHexString).toList());
        assertThat(response.jsonPath().getList("members.number").stream()
                        .map(String::valueOf)
                        .toList())
                .isEqualTo(expected);
    }

    @Test
    void seesARenamedExtensionAtTheNextRead() {
        ObjectId extension = Database.put(Fixtures.extension(Fixtures.newId(), Fixtures.ACME, "1", "Before"));
        ObjectId group =
                Database.put(Fixtures.group(Fixtures.newId(), Fixtures.ACME).append("members", List.of(extension)));
        String before = Requests.get(Requests.group(group) + BOTH).header("ETag");

        Database.change(extension, Updates.set("name", "After"));
        Response after = Requests.get(Requests.group(group) + BOTH);

        assertThat(after.jsonPath().getString("members[0].name")).isEqualTo("After");
        assertThat(after.header("ETag")).isNotEqualTo(before);
    }

    /** What a caller is told, but for what differs between any two answers. */
    private record Told(String body, String tag, String length, List<String> names) {}

    private static Told told(ObjectId group) {
        Response response = Requests.asViewerOf(Fixtures.ACME).get(Requests.group(group) + BOTH);
        assertThat(response.statusCode()).isEqualTo(200);
        return new Told(
                response.asString(),
                response.header("ETag"),
                response.header("Content-Length"),
                response.headers().asList().stream()
                        .map(header -> header.getName())
                        .toList());
    }

    private static String extension(ObjectId id, @Nullable String number, @Nullable String name) {
        return "{\"_id\":\"" + id + "\",\"number\":" + quoted(number) + ",\"name\":" + quoted(name) + "}";
    }

    private static String quoted(@Nullable String text) {
        return text == null ? "null" : "\"" + text + "\"";
    }
}
