package dk.telecomx.pbx.authorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import com.mongodb.client.model.Updates;
import dk.telecomx.pbx.AuthorizationTable;
import dk.telecomx.pbx.Database;
import dk.telecomx.pbx.Fixtures;
import dk.telecomx.pbx.Requests;
import dk.telecomx.pbx.Token;
import dk.telecomx.pbx.authentication.AccessLevel;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@QuarkusTest
class AuthorizationTest {

    private static final String NOTHING_NAMED = "-";

    /** Whose the group is, and which ids the caller's token has; no reseller claim at all where it is {@link #NOTHING_NAMED}. */
    private record Relation(
            @Nullable ObjectId owner,
            @Nullable ObjectId customer,
            @Nullable Object reseller) {}

    private static final Map<String, Relation> RELATIONS = Map.ofEntries(
            Map.entry(
                    "the caller's customer; the token's reseller is null",
                    new Relation(Fixtures.ACME, Fixtures.ACME, null)),
            Map.entry(
                    "the caller's customer (blocked and deleted); the token's reseller is null",
                    new Relation(Fixtures.CLOSED, Fixtures.CLOSED, null)),
            Map.entry(
                    "the caller's customer and reseller in one",
                    new Relation(Fixtures.NORDIC, Fixtures.NORDIC, NOTHING_NAMED)),
            Map.entry(
                    "the caller's reseller; the caller's customer is another",
                    new Relation(Fixtures.NORDIC, Fixtures.ACME, Fixtures.NORDIC)),
            Map.entry(
                    "a customer of the caller's reseller", new Relation(Fixtures.ACME, Fixtures.NORDIC, NOTHING_NAMED)),
            Map.entry(
                    "a sub-reseller of the caller's reseller",
                    new Relation(Fixtures.FJORD, Fixtures.NORDIC, NOTHING_NAMED)),
            Map.entry(
                    "a customer of a sub-reseller of the caller's reseller",
                    new Relation(Fixtures.FERRY, Fixtures.NORDIC, NOTHING_NAMED)),
            Map.entry(
                    "the reseller of the caller's customer; the token names no reseller",
                    new Relation(Fixtures.NORDIC, Fixtures.ACME, NOTHING_NAMED)),
            Map.entry(
                    "another customer of the same reseller",
                    new Relation(Fixtures.BAKER, Fixtures.ACME, NOTHING_NAMED)),
            Map.entry("a customer of another reseller", new Relation(Fixtures.GDANSK, Fixtures.NORDIC, NOTHING_NAMED)),
            Map.entry("a customer that is not there", new Relation(Fixtures.NOBODY, Fixtures.NORDIC, NOTHING_NAMED)),
            Map.entry("nobody; the caller has neither customer nor reseller", new Relation(null, null, NOTHING_NAMED)));

    @Test
    void answersEveryCallerAsTheTableSays() {
        Map<String, ObjectId> stored = new HashMap<>();
        List<String> wrong = new ArrayList<>();
        for (AuthorizationTable.Row row : AuthorizationTable.rows()) {
            Relation relation = relation(row);
            ObjectId id = stored.computeIfAbsent(
                    row.relation() + "/" + row.group(), key -> store(row.group(), relation.owner()));
            int status = Requests.with(token(row.level(), relation))
                    .get(Requests.group(id) + "?expandExtension=true&expandGoto=true")
                    .statusCode();
            if (status != row.status()) {
                wrong.add(row + " but was " + status);
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void isAFullProductInTheTable() {
        List<AuthorizationTable.Row> rows = AuthorizationTable.rows();

        assertThat(Set.copyOf(rows)).hasSize(rows.size()).hasSize(RELATIONS.size() * 4 * 10);
        assertThat(rows).extracting(AuthorizationTable.Row::relation).allMatch(RELATIONS::containsKey);
        assertThat(rows)
                .extracting(AuthorizationTable.Row::level)
                .contains("unknown", "none")
                .containsAll(
                        List.of(AccessLevel.values()).stream().map(Enum::name).toList());
    }

    @Test
    void isWhatTheReadmeShows() throws IOException {
        assertThat(Files.readString(Path.of("README.md")))
                .as("the README's table; AuthorizationTable.main prints it anew")
                .contains(AuthorizationTable.BEGIN + "\n" + AuthorizationTable.markdown() + AuthorizationTable.END);
    }

    @Test
    void readsTheResellerEdgeLive() {
        ObjectId mover = Database.putCustomer(Fixtures.customer(Fixtures.newId(), Fixtures.NORDIC));
        String group = Requests.group(Database.put(Fixtures.group(Fixtures.newId(), mover)));
        String nordic = Token.of("RESELLER").customer(Fixtures.NORDIC).signed();
        String baltic = Token.of("RESELLER").customer(Fixtures.BALTIC).signed();
        Requests.with(nordic).get(group).then().statusCode(200);
        Requests.with(baltic).get(group).then().statusCode(403);

        Database.changeCustomer(mover, Updates.set("parentReseller", Fixtures.BALTIC));

        Requests.with(nordic).get(group).then().statusCode(403);
        Requests.with(baltic).get(group).then().statusCode(200);

        Database.changeCustomer(mover, Updates.unset("parentReseller"));

        Requests.with(baltic).get(group).then().statusCode(403);
    }

    @Test
    void takesAnOwnerOfAnotherTypeForNone() {
        Document odd = Fixtures.group(Fixtures.newId(), Fixtures.ACME).append("customer", Fixtures.ACME.toHexString());
        String group = Requests.group(Database.put(odd));

        Requests.asViewerOf(Fixtures.ACME).get(group).then().statusCode(403);
        Requests.with(Token.of("RESELLER").customer(Fixtures.NORDIC))
                .get(group)
                .then()
                .statusCode(403);
        Requests.asAdmin().get(group).then().statusCode(200).body("customer", is(equalTo(null)));
    }

    @Test
    void takesAParentOfAnotherTypeForNone() {
        ObjectId odd = Database.putCustomer(
                Fixtures.customer(Fixtures.newId(), null).append("parentReseller", Fixtures.NORDIC.toHexString()));
        String group = Requests.group(Database.put(Fixtures.group(Fixtures.newId(), odd)));

        Requests.with(Token.of("RESELLER").customer(Fixtures.NORDIC))
                .get(group)
                .then()
                .statusCode(403);
    }

    @Test
    void refusesInTheSameBytesWhateverTheReason() {
        Response level =
                Requests.with(Token.of("PERSONAL").customer(Fixtures.ACME)).get(Requests.group(Fixtures.SUPPORT));
        Response scope = Requests.asViewerOf(Fixtures.BAKER).get(Requests.group(Fixtures.SUPPORT));
        Response unreadable = Requests.asViewerOf(Fixtures.ACME).get(Requests.group(Fixtures.UNREADABLE));

        assertThat(told(level)).isEqualTo(told(scope)).isEqualTo(told(unreadable));
        assertThat(level.asString()).isEqualTo(Requests.error(403, "access_denied", "Insufficient access level"));
    }

    @Test
    void knowsNoDifferenceBetweenNothingAndAnotherType() {
        Response missing = Requests.asViewerOf(Fixtures.ACME).get(Requests.group(Fixtures.GONE));
        Response own = Requests.asViewerOf(Fixtures.ACME).get(Requests.group(Fixtures.QUEUE));
        Response foreign = Requests.asViewerOf(Fixtures.BAKER).get(Requests.group(Fixtures.STRANGER));
        Response admins = Requests.asAdmin().get(Requests.group(Fixtures.QUEUE));

        assertThat(told(missing)).isEqualTo(told(own)).isEqualTo(told(foreign)).isEqualTo(told(admins));
        assertThat(missing.asString()).isEqualTo(Requests.error(404, "not_found", "Group not found"));
    }

    /** Everything the caller sees but for what differs between any two answers. */
    private static String told(Response response) {
        StringBuilder told = new StringBuilder(response.statusLine());
        response.headers().asList().stream()
                .filter(header -> !Set.of("X-Request-Id", "Date").contains(header.getName()))
                .map(header -> "\n" + header)
                .sorted()
                .forEach(told::append);
        return told.append('\n').append(response.asString()).toString();
    }

    private static Relation relation(AuthorizationTable.Row row) {
        Relation relation = RELATIONS.get(row.relation());
        if (relation == null) {
            throw new IllegalArgumentException("no such relation: " + row.relation());
        }
        return relation;
    }

    private static ObjectId store(String state, @Nullable ObjectId owner) {
        ObjectId id = Fixtures.newId();
        return switch (state) {
            case "readable" -> Database.put(Fixtures.group(id, owner));
            case "unreadable" -> Database.put(Fixtures.group(id, owner).append("members", "none"));
            case "of another type" -> Database.put(Fixtures.item(id, "QUEUE", owner));
            case "missing" -> id;
            default -> throw new IllegalArgumentException("no such state: " + state);
        };
    }

    private static Token token(String level, Relation relation) {
        Token token =
                switch (level) {
                    case "none" -> Token.of();
                    case "unknown" -> Token.of("SUPERUSER", "viewer", "admin");
                    default -> Token.of(level);
                };
        if (relation.customer() != null) {
            token.customer(relation.customer());
        }
        if (relation.reseller() instanceof ObjectId reseller) {
            token.reseller(reseller);
        } else if (relation.reseller() == null) {
            token.with("reseller", null);
        }
        return token;
    }
}
