package dk.telecomx.pbx.group;

import static org.assertj.core.api.Assertions.assertThat;

import dk.telecomx.pbx.Commands;
import dk.telecomx.pbx.Database;
import dk.telecomx.pbx.Fixtures;
import dk.telecomx.pbx.Requests;
import dk.telecomx.pbx.Token;
import dk.telecomx.pbx.dialplan.DialplanItem;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class QueriesTest {

    private static final String BOTH = "?expandExtension=true&expandGoto=true";

    private final List<ObjectId> added = new ArrayList<>();

    @AfterEach
    void leavesNothingBehind() {
        Database.removeAll(added);
    }

    @Test
    void readsAGroupInOneQuery() {
        assertThat(of(() -> Requests.asViewerOf(Fixtures.ACME).get(Requests.group(Fixtures.SUPPORT))))
                .containsExactly("PbxDialplans");
    }

    @Test
    void readsTheResellerEdgeOnlyWhereItDecides() {
        String reseller = Token.of("RESELLER").customer(Fixtures.NORDIC).signed();

        assertThat(of(() -> Requests.with(reseller).get(Requests.group(Fixtures.SUPPORT))))
                .containsExactly("PbxDialplans", "Customers");
        assertThat(of(() -> Requests.with(reseller).get(Requests.group(Fixtures.GROUP_OF_NORDIC))))
                .containsExactly("PbxDialplans");
    }

    @Test
    void readsNothingForWhoIsRefusedWithoutIt() {
        String person = Token.of("PERSONAL").customer(Fixtures.ACME).signed();

        assertThat(of(() -> Requests.with(person).get(Requests.group(Fixtures.SUPPORT) + BOTH)))
                .isEmpty();
        assertThat(of(() -> Requests.anonymous().get(Requests.group(Fixtures.SUPPORT) + BOTH)))
                .isEmpty();
        assertThat(of(() -> Requests.asAdmin().get("/pbx/group/x"))).isEmpty();
    }

    @Test
    void expandsNothingBeforeTheScopeIsDecided() {
        assertThat(of(() -> Requests.asViewerOf(Fixtures.BAKER).get(Requests.group(Fixtures.SUPPORT) + BOTH)))
                .containsExactly("PbxDialplans");
    }

    @Test
    void readsThousandsOfMembersInOneQueryThatHasRoomForThem() {
        List<Document> extensions = new ArrayList<>();
        for (int i = 0; i < 2_500; i++) {
            ObjectId id = Fixtures.newId();
            added.add(id);
            extensions.add(Fixtures.extension(id, Fixtures.ACME, Integer.toString(i), "Member"));
        }
        Database.add(extensions);
        ObjectId group = Database.put(Fixtures.group(Fixtures.newId(), Fixtures.ACME)
                .append("members", added)
                .append("controllers", added)
                .append("timeoutGoto", Fixtures.QUEUE));
        added.add(group);

        List<BsonDocument> sent = Commands.during(
                () -> Requests.get(Requests.group(group) + BOTH).then().statusCode(200));

        // The group, the extensions, and the goto: by itself, or along with another lookup.
        assertThat(sent).hasSizeBetween(2, 3).allMatch(command -> command.containsKey("find"));
        assertThat(sent.stream().mapToInt(QueriesTest::ids).max().orElse(0)).isBetween(2_500, 2_501);
    }

    @Test
    void asksForNoMoreThanItShows() {
        List<BsonDocument> sent =
                Commands.during(() -> Requests.get(Requests.group(Fixtures.SUPPORT) + "?expandExtension=true"));

        assertThat(sent).hasSize(2).allSatisfy(find -> assertThat(
                        find.getDocument("projection").keySet())
                .containsExactlyInAnyOrderElementsOf(DialplanItem.FIELDS));
        assertThat(sent).noneMatch(command -> command.toJson().contains("secret"));
    }

    private static int ids(BsonDocument find) {
        BsonDocument wanted = find.getDocument("filter").getDocument("_id");
        return wanted.getArray("$in").size();
    }

    private static List<String> of(Runnable work) {
        return Commands.during(work).stream()
                .map(command -> command.getString("find").getValue())
                .toList();
    }
}
