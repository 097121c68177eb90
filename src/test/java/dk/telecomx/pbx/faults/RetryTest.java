package dk.telecomx.pbx.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dk.telecomx.pbx.AtOnce;
import dk.telecomx.pbx.Await;
import dk.telecomx.pbx.Commands;
import dk.telecomx.pbx.Database;
import dk.telecomx.pbx.Fixtures;
import dk.telecomx.pbx.Profiles;
import dk.telecomx.pbx.Requests;
import dk.telecomx.pbx.faults.FaultProxy.Wire;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;

/** A read that is cut is asked again once, by the driver alone, whatever the connection string says: each command that it sends is listened to. */
@QuarkusTest
@TestProfile(Profiles.BehindAWire.class)
@DisabledIfEnvironmentVariable(
        named = "PBX_TEST_MONGODB",
        matches = ".+",
        disabledReason = "the wire must be readable; what fails is the wire, whatever the database")
class RetryTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int CALLERS = 12;

    private static FaultProxy wire;

    @BeforeAll
    static void connect() {
        URI database = URI.create(Database.connection());
        wire = new FaultProxy(
                new InetSocketAddress(database.getHost(), database.getPort()),
                Integer.getInteger(Profiles.BehindAWire.PORT),
                null);
    }

    @BeforeEach
    void isWell() {
        Await.until("a good answer", PATIENCE, () -> read(Fixtures.SUPPORT).statusCode() == 200);
    }

    @AfterAll
    static void disconnect() {
        wire.close();
    }

    @Test
    void asksAgainOnceWhereOneAnswerIsCut() {
        List<Set<BsonValue>> finds = findsDuring(() -> {
            wire.cutNextAnswer();
            assertThat(read(Fixtures.SUPPORT).statusCode()).isEqualTo(200);
        });

        assertThat(finds).hasSize(2);
        assertThat(finds.get(0)).isEqualTo(finds.get(1)).hasSize(1);
    }

    @Test
    void asksNoThirdTimeWhereBothAnswersAreCut() {
        List<Set<BsonValue>> finds = findsDuring(() -> {
            wire.cutAnswers(2, any -> true);
            Response answer = read(Fixtures.SUPPORT);
            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.asString()).isEqualTo(Requests.error(500, "internal_error", "Internal server error"));
        });

        assertThat(finds).hasSize(2);
        assertThat(read(Fixtures.SUPPORT).statusCode()).isEqualTo(200);
    }

    /** A slow wire makes lookups gather. Each caller asks for a group of its own, so that a query is known by its ids. */
    @Test
    void asksForTheSameIdsAgainThoughOthersWaitMeanwhile() {
        List<ObjectId> groups = Stream.generate(() -> Database.put(Fixtures.group(Fixtures.newId(), Fixtures.ACME)))
                .limit(CALLERS)
                .toList();
        int cuts = wire.cuts();
        wire.turn(Wire.SLOW);
        List<Set<BsonValue>> finds = findsDuring(() -> {
            wire.cutAnswers(1, find -> find.ids() > 1);
            List<Callable<Integer>> reads = groups.stream()
                    .map(group -> (Callable<Integer>) () -> read(group).statusCode())
                    .toList();
            assertThat(AtOnce.answers(reads)).containsOnly(200);
        });
        wire.turn(Wire.OPEN);

        assertThat(wire.cuts() - cuts).isEqualTo(1);
        List<Set<BsonValue>> repeated = new ArrayList<>(finds);
        new HashSet<>(finds).forEach(repeated::remove);
        assertThat(repeated).singleElement().satisfies(ids -> assertThat(ids).hasSizeGreaterThan(1));
        assertThat(finds.stream().mapToInt(Set::size).sum())
                .isEqualTo(CALLERS + repeated.get(0).size());
    }

    private static Response read(ObjectId group) {
        return Requests.get(Requests.group(group));
    }

    /** The ids of each {@code find}, in the order in which they were sent. */
    private static List<Set<BsonValue>> findsDuring(Runnable work) {
        return Commands.during(work).stream()
                .filter(command -> command.containsKey("find"))
                .map(RetryTest::ids)
                .toList();
    }

    private static Set<BsonValue> ids(BsonDocument find) {
        return Set.copyOf(
                find.getDocument("filter").getDocument("_id").getArray("$in").getValues());
    }
}
