package dk.telecomx.pbx.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoTimeoutException;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import dk.telecomx.pbx.Await;
import dk.telecomx.pbx.faults.FaultProxy;
import dk.telecomx.pbx.faults.FaultProxy.Wire;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A member that is not the primary is never read. The driver once read from one that the connection string names alone. */
class SecondaryTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String ITEMS = "PbxDialplans";
    private static final MongoServer SERVER = new MongoServer(new MemoryBackend());
    private static final InetSocketAddress DATABASE = SERVER.bind();

    @AfterAll
    static void stop() {
        SERVER.shutdownNow();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "one host,                         ''",
        "a direct connection,              ?directConnection=true",
        "the replica set,                  ?replicaSet=rs0",
        "a direct connection into the set, ?directConnection=true&replicaSet=rs0",
        "one host that prefers it,         ?readPreference=secondaryPreferred"
    })
    @Execution(ExecutionMode.CONCURRENT)
    void isNotReadUntilItIsThePrimary(String what, String options) {
        try (FaultProxy member = secondary();
                PlainClient client = client(member, options)) {
            assertThatThrownBy(() -> read(client)).isInstanceOf(MongoTimeoutException.class);
            assertThat(member.finds(ITEMS)).isZero();

            member.turn(Wire.OPEN);
            Await.until("an answer", PATIENCE, () -> read(client).isEmpty());
            assertThat(member.finds(ITEMS)).isEqualTo(1);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"one host, ''", "a direct connection, ?directConnection=true"})
    @Execution(ExecutionMode.CONCURRENT)
    void leadsToThePrimaryOfItsSet(String what, String options) {
        try (FaultProxy primary = new FaultProxy(DATABASE, 0, "rs0");
                FaultProxy secondary = secondary();
                PlainClient client = client(secondary, options)) {
            secondary.addMember(primary);
            primary.addMember(secondary);

            Await.until("an answer", PATIENCE, () -> read(client).isEmpty());

            assertThat(primary.finds(ITEMS)).isEqualTo(1);
            assertThat(secondary.finds(ITEMS)).isZero();
        }
    }

    @Test
    void aServerOfNoSetIsRead() {
        try (FaultProxy server = new FaultProxy(DATABASE);
                PlainClient client = client(server, "")) {
            assertThat(read(client)).isEmpty();
        }
    }

    /** One from the start: a client may greet it at once. */
    private static FaultProxy secondary() {
        FaultProxy secondary = new FaultProxy(DATABASE, 0, "rs0");
        secondary.turn(Wire.NOT_PRIMARY);
        return secondary;
    }

    private static PlainClient client(FaultProxy server, String options) {
        return PlainClient.impatient("mongodb://" + server.address() + "/" + options);
    }

    private static List<Document> read(PlainClient client) {
        return client.collection("pbx", ITEMS, Document.class)
                .find()
                .collect()
                .asList()
                .await()
                .atMost(PATIENCE);
    }
}
