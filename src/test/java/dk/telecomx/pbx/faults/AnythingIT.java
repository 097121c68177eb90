package dk.telecomx.pbx.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dk.telecomx.pbx.Await;
import dk.telecomx.pbx.FixtureDatabase;
import dk.telecomx.pbx.Fixtures;
import dk.telecomx.pbx.Keys;
import dk.telecomx.pbx.StoredValues;
import dk.telecomx.pbx.group.StoredDocuments;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.bson.BsonDocument;
import org.bson.BsonObjectId;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.bson.types.ObjectId;

/** Whatever is stored, and whatever is asked for, over the wire: the contract's shape or the contract's error. */
// What @BeforeContainer sets up is not known to NullAway.
@SuppressWarnings("NullAway.Init")
class AnythingIT {

    private static final Keys KEYS = Keys.rsa("anything");
    private static final String ADMIN = KEYS.admin();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String UNREADABLE =
            "{\"error\":{\"message\":\"Internal server error\",\"code\":\"internal_error\",\"status\":500}}";

    private static final Set<BsonType> DEPRECATED = Set.of(BsonType.SYMBOL, BsonType.UNDEFINED);

    private static FixtureDatabase database;
    private static PackagedService service;

    @BeforeContainer
    static void start() throws Exception {
        database = new FixtureDatabase();
        service = PackagedService.start(
                "anything", PackagedService.settings(database.address().getPort(), database.name(), KEYS.jwk()));
        Await.until(
                "a good answer",
                PATIENCE,
                () -> service.group(Fixtures.CROWD, ADMIN).statusCode() == 200);
    }

    @AfterContainer
    static void stop() {
        service.close();
        database.close();
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void anyDocumentIsShownInTheContractsShapeOrUnreadable(@ForAll("fields") List<Map.Entry<String, BsonValue>> fields)
            throws Exception {
        ObjectId id = new ObjectId();
        // The database takes a field once, and no type that is long deprecated.
        BsonDocument stored = new BsonDocument("_id", new BsonObjectId(id));
        fields.stream()
                .filter(field -> isTaken(field.getValue()))
                .forEach(field -> stored.put(field.getKey(), field.getValue()));
        database.put(stored);
        List<Map.Entry<String, BsonValue>> kept = List.copyOf(stored.entrySet());
        BsonDocument meant = StoredValues.meant(kept);

        HttpResponse<String> answer = service.group(id, ADMIN);

        if (!StoredDocuments.isGroup(meant)) {
            assertThat(answer.statusCode()).isEqualTo(404);
        } else if (StoredDocuments.isReadable(kept)) {
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            StoredDocuments.isPublished(JSON.readTree(answer.body()), id, meant);
        } else {
            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body()).isEqualTo(UNREADABLE);
        }
        HttpResponse<String> expanded = service.expanded(id, ADMIN);
        assertThat(expanded.statusCode()).isEqualTo(answer.statusCode());
    }

    private static boolean isTaken(BsonValue value) {
        return value.isArray()
                ? value.asArray().stream().allMatch(AnythingIT::isTaken)
                : !DEPRECATED.contains(value.getBsonType());
    }

    @Provide
    Arbitrary<List<Map.Entry<String, BsonValue>>> fields() {
        return StoredDocuments.fields();
    }

    @Property(tries = 500)
    void anyIdIsLookedUpOrABadRequest(@ForAll("ids") String id, @ForAll boolean escapesAll) throws IOException {
        String answer = RawHttp.exchange(
                service.port(),
                ("GET /pbx/group/" + escaped(id, escapesAll) + " HTTP/1.1\r\nHost: pbx\r\nAuthorization: Bearer "
                                + ADMIN + "\r\nConnection: close\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));

        assertThat(RawHttp.statuses(answer))
                .as("%s as %s", id, escaped(id, escapesAll))
                .containsExactly(id.matches("[0-9a-fA-F]{24}") ? 404 : 400);
    }

    /** Ids that nobody has, ids with something about them, and any text whatever that is no step up or down a path. */
    @Provide
    Arbitrary<String> ids() {
        Arbitrary<String> id =
                Arbitraries.strings().withChars("0123456789abcdefABCDEF").ofLength(24);
        Arbitrary<String> text = Arbitraries.frequencyOf(
                Tuple.of(2, Arbitraries.strings().all().ofMaxLength(40)),
                Tuple.of(2, Arbitraries.strings().ascii().ofMaxLength(40)),
                Tuple.of(
                        1,
                        Arbitraries.of(";", ";a=b", "%00", "\u0000", "+", " ", "\n", "\u0663", ".", "?", "#", "\\")));
        return Arbitraries.frequencyOf(
                        Tuple.of(2, id),
                        Tuple.of(3, text),
                        Tuple.of(2, id.flatMap(good -> text.map(more -> good + more))),
                        Tuple.of(1, id.flatMap(good -> text.map(more -> more + good))))
                .filter(any -> !List.of("", ".", "..", "/", "./", "../").contains(any) && !any.endsWith("/"));
    }

    /** As it stands in a path: what must be escaped is, and the rest where that is asked for. A semicolon would begin parameters. */
    private static String escaped(String id, boolean all) {
        StringBuilder path = new StringBuilder();
        for (byte each : id.getBytes(StandardCharsets.UTF_8)) {
            boolean must = each <= ' ' || each >= 127 || "/?#%;".indexOf(each) >= 0;
            path.append(must || all ? String.format("%%%02X", each) : Character.toString(each));
        }
        return path.toString();
    }
}
