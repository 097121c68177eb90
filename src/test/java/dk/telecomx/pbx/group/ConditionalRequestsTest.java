package dk.telecomx.pbx.group;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.model.Updates;
import dk.telecomx.pbx.Database;
import dk.telecomx.pbx.Fixtures;
import dk.telecomx.pbx.Requests;
import dk.telecomx.pbx.Token;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ConditionalRequestsTest {

    private static final String GROUP = Requests.group(Fixtures.SUPPORT);

    @Test
    void answersWhoHasTheRepresentationWithoutIt() {
        String tag = tag(GROUP);
        for (String condition : List.of(
                tag, "W/" + tag, "*", "\"x\", " + tag, tag + ",\"x\"", "W/\"x\",W/" + tag, "\"a,b\" , " + tag)) {
            Response response =
                    Requests.asAdmin().header("If-None-Match", condition).get(GROUP);

            assertThat(response.statusCode()).as(condition).isEqualTo(304);
            assertThat(response.asByteArray()).isEmpty();
            assertThat(response.header("ETag")).isEqualTo(tag);
            assertThat(response.header("Cache-Control")).isEqualTo("private, no-cache");
            assertThat(response.headers().getValues("Vary")).containsExactly("Authorization");
            assertThat(response.header("X-Request-Id")).isNotNull();
            assertThat(response.header("X-Content-Type-Options")).isEqualTo("nosniff");
        }
    }

    @Test
    void answersHeadAlike() {
        Response response =
                Requests.asAdmin().header("If-None-Match", tag(GROUP)).head(GROUP);

        assertThat(response.statusCode()).isEqualTo(304);
        assertThat(response.header("ETag")).isEqualTo(tag(GROUP));
    }

    @Test
    void sendsTheRepresentationToWhoHasAnother() {
        for (String condition :
                List.of("\"x\"", "W/\"x\"", "", "x", "\"*\"", tag(GROUP).replace("\"", ""))) {
            Requests.asAdmin()
                    .header("If-None-Match", condition)
                    .get(GROUP)
                    .then()
                    .statusCode(200);
        }
    }

    @Test
    void readsSeveralHeaders() {
        Requests.asAdmin()
                .header("If-None-Match", "\"x\"", tag(GROUP))
                .get(GROUP)
                .then()
                .statusCode(304);
    }

    @Test
    void refusesWhoMayNotReadWhateverTheCondition() {
        for (String condition : List.of("*", tag(GROUP))) {
            Requests.anonymous()
                    .header("If-None-Match", condition)
                    .get(GROUP)
                    .then()
                    .statusCode(401);
            Requests.asViewerOf(Fixtures.BAKER)
                    .header("If-None-Match", condition)
                    .get(GROUP)
                    .then()
                    .statusCode(403);
            Requests.asAdmin()
                    .header("If-None-Match", condition)
                    .get(Requests.group(Fixtures.GONE))
                    .then()
                    .statusCode(404);
            Requests.asAdmin()
                    .header("If-None-Match", condition)
                    .get("/pbx/group/x")
                    .then()
                    .statusCode(400);
            Requests.asAdmin()
                    .header("If-None-Match", condition)
                    .get(Requests.group(Fixtures.UNREADABLE))
                    .then()
                    .statusCode(500);
        }
    }

    @Test
    void tagsTheSameForWhoeverAsks() {
        String tag = tag(GROUP);

        assertThat(Requests.asViewerOf(Fixtures.ACME).get(GROUP).header("ETag")).isEqualTo(tag);
        assertThat(Requests.with(Token.of("RESELLER").customer(Fixtures.NORDIC))
                        .get(GROUP)
                        .header("ETag"))
                .isEqualTo(tag);
        assertThat(tag(GROUP + "/?expandGoto=false&x=1")).isEqualTo(tag);
    }

    @Test
    void tagsEachRepresentationOfItsOwn() {
        assertThat(List.of(
                        tag(GROUP),
                        tag(GROUP + "?expandGoto=true"),
                        tag(GROUP + "?expandExtension=true"),
                        tag(GROUP + "?expandExtension=true&expandGoto=true")))
                .doesNotHaveDuplicates()
                .allMatch(tag -> tag.matches("\"[!#-~]+\""));
    }

    @Test
    void tagsAnewWhatWasChanged() {
        ObjectId extension = Database.put(Fixtures.extension(Fixtures.newId(), Fixtures.ACME, "1", "One"));
        ObjectId id =
                Database.put(Fixtures.group(Fixtures.newId(), Fixtures.ACME).append("members", List.of(extension)));
        String plain = tag(Requests.group(id));
        String expanded = tag(Requests.group(id) + "?expandExtension=true");

        Database.change(extension, Updates.set("name", "Another"));

        assertThat(tag(Requests.group(id))).isEqualTo(plain);
        assertThat(tag(Requests.group(id) + "?expandExtension=true")).isNotEqualTo(expanded);
        Requests.asAdmin()
                .header("If-None-Match", expanded)
                .get(Requests.group(id) + "?expandExtension=true")
                .then()
                .statusCode(200);

        Database.change(id, Updates.set("notes", "New"));

        assertThat(tag(Requests.group(id))).isNotEqualTo(plain);
    }

    private static String tag(String path) {
        return Requests.get(path).header("ETag");
    }
}
