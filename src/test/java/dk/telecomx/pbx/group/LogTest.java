package dk.telecomx.pbx.group;

import static org.assertj.core.api.Assertions.assertThat;

import dk.telecomx.pbx.Database;
import dk.telecomx.pbx.Fixtures;
import dk.telecomx.pbx.Logs;
import dk.telecomx.pbx.Requests;
import dk.telecomx.pbx.Token;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class LogTest {

    /** Of this test alone: one that somebody asked for within a second is not logged again. */
    private final ObjectId unreadable =
            Database.put(Fixtures.group(Fixtures.newId(), Fixtures.BAKER).append("name", List.of("Quillon")));

    @AfterEach
    void remove() {
        Database.remove(unreadable);
    }

    @Test
    void namesTheGroupAndTheFieldThatCannotBeRead() {
        List<Logs.Line> lines = Logs.during(() -> Requests.asAdmin()
                .header("X-Request-Id", "unreadable-1")
                .get(Requests.group(unreadable))
                .then()
                .statusCode(500));

        assertThat(lines)
                .filteredOn(line -> line.requestId().equals("unreadable-1"))
                .singleElement()
                .satisfies(line -> assertThat(line.message())
                        .contains(unreadable.toHexString())
                        .contains("name"));
    }

    @Test
    void saysNothingOfAnUnreadableGroupToThoseWhoMayNotReadIt() {
        List<Logs.Line> lines =
                Logs.during(() -> Requests.asViewerOf(Fixtures.ACME).get(Requests.group(unreadable)));

        assertThat(lines).noneMatch(line -> line.message().contains("unreadable"));
    }

    @Test
    void keepsTokensNamesAndNumbersToItself() {
        String admin = Token.of("ADMIN").with("name", "Person Unnamed").signed();
        String refused = Token.of("VIEWER").customer(Fixtures.BAKER).signed();
        String broken = refused + "x";

        List<Logs.Line> lines = Logs.during(() -> {
            Requests.with(admin).get(Requests.group(Fixtures.DANGLING) + "?expandExtension=true&expandGoto=true");
            Requests.with(refused).get(Requests.group(Fixtures.SUPPORT) + "?expandExtension=true");
            Requests.with(admin).get(Requests.group(Fixtures.SUPPORT) + "?expandExtension=true&number=800");
            Requests.with(broken).get(Requests.group(Fixtures.SUPPORT));
            Requests.with(admin).get(Requests.group(unreadable));
        });

        assertThat(lines)
                .extracting(Logs.Line::logger)
                .contains("dk.telecomx.pbx.audit", "dk.telecomx.pbx.error.ErrorMapper");
        assertThat(lines).allSatisfy(line -> assertThat(line.everything())
                .doesNotContain(admin, refused, broken)
                .doesNotContain("Person Unnamed", "Anna", "Stranger", "Support")
                .doesNotContainPattern("\\b(101|800|901|\\+?4570123456)\\b")
                .doesNotContain(Fixtures.STRANGER.toHexString()));
    }

    @Test
    void isSilentAboutWhatWentWell() {
        List<Logs.Line> lines = Logs.during(() -> Requests.asAdmin()
                .header("X-Request-Id", "well-1")
                .get(Requests.group(Fixtures.SUPPORT) + "?expandExtension=true"));

        assertThat(lines).noneMatch(line -> line.requestId().equals("well-1"));
    }
}
