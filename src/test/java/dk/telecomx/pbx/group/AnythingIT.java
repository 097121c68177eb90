package dk.telecomx.pbx.group;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dk.telecomx.pbx.Database;
import dk.telecomx.pbx.RawHttp;
import dk.telecomx.pbx.Requests;
import dk.telecomx.pbx.StoredValues;
import dk.telecomx.pbx.Token;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.Tuple;
import net.jqwik.api.sessions.JqwikSession;
import org.bson.BsonDocument;
import org.bson.BsonObjectId;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;

/** Whatever is stored, and whatever is asked for, over the wire: the contract's shape or the contract's error. */
@QuarkusIntegrationTest
class AnythingIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<BsonType> DEPRECATED = Set.of(BsonType.SYMBOL, BsonType.UNDEFINED);

    @Test
    void anyDocumentIsShownInTheContractsShapeOrUnreadable() {
        forSome(200, StoredDocuments.fields(), fields -> {
            ObjectId id = new ObjectId();
            // The database takes a field once, and no type that is long deprecated.
            BsonDocument stored = new BsonDocument("_id", new BsonObjectId(id));
            fields.stream()
                    .filter(field -> isTaken(field.getValue()))
                    .forEach(field -> stored.put(field.getKey(), field.getValue()));
            Database.put(stored);
            List<Map.Entry<String, BsonValue>> kept = List.copyOf(stored.entrySet());
            BsonDocument meant = StoredValues.meant(kept);

            Response answer = Requests.get(Requests.group(id));

            if (!StoredDocuments.isGroup(meant)) {
                assertThat(answer.statusCode()).isEqualTo(404);
            } else if (StoredDocuments.isReadable(kept)) {
                assertThat(answer.statusCode()).isEqualTo(200);
                StoredDocuments.isPublished(JSON.readTree(answer.asByteArray()), id, meant);
            } else {
                assertThat(answer.statusCode()).isEqualTo(500);
                assertThat(answer.asString()).isEqualTo(Requests.error(500, "internal_error", "Internal server error"));
            }
            assertThat(Requests.get(Requests.group(id) + "?expandExtension=true&expandGoto=true")
                            .statusCode())
                    .isEqualTo(answer.statusCode());
        });
    }

    private static boolean isTaken(BsonValue value) {
        return value.isArray()
                ? value.asArray().stream().allMatch(AnythingIT::isTaken)
                : !DEPRECATED.contains(value.getBsonType());
    }

    @Test
    void anyIdIsLookedUpOrABadRequest() {
        String headers =
                "Host: pbx\r\nAuthorization: Bearer " + Token.of("ADMIN").signed() + "\r\nConnection: close\r\n\r\n";
        forSome(500, ids(), id -> {
            for (boolean escapesAll : new boolean[] {false, true}) {
                String answer =
                        RawHttp.exchange("GET /pbx/group/" + escaped(id, escapesAll) + " HTTP/1.1\r\n" + headers);

                assertThat(RawHttp.statuses(answer)).containsExactly(id.matches("[0-9a-fA-F]{24}") ? 404 : 400);
            }
        });
    }

    private interface Check<T> {
        void of(T value) throws IOException;
    }

    private static <T> void forSome(int tries, Arbitrary<T> values, Check<T> check) {
        long seed = new Random().nextLong();
        JqwikSession.run(() -> values.generator(tries).stream(new Random(seed))
                .limit(tries)
                .map(Shrinkable::value)
                .forEach(value -> {
                    try {
                        check.of(value);
                    } catch (IOException | AssertionError wrong) {
                        throw new AssertionError("seed " + seed + ", with " + beginning(value), wrong);
                    }
                }));
    }

    /** A list may have thousands of ids. */
    private static String beginning(Object value) {
        String text = String.valueOf(value);
        return text.substring(0, Math.min(text.length(), 2_000));
    }

    /** Ids that nobody has, ids with something about them, and any text whatever that is no step up or down a path. */
    private static Arbitrary<String> ids() {
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
