package dk.telecomx.pbx.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import com.mongodb.client.model.Updates;
import dk.telecomx.pbx.Database;
import dk.telecomx.pbx.Fixtures;
import dk.telecomx.pbx.Requests;
import dk.telecomx.pbx.Token;
import dk.telecomx.pbx.dialplan.DialplanItem;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class GroupResourceTest {

    private static final String SUPPORT = Requests.group(Fixtures.SUPPORT);
    private static final String ID_NOT_FOUND = Requests.error(400, "bad_request", "Id not found in requestURI");
    private static final String NO_TOKEN =
            Requests.error(401, "credentials_invalid", "Authorization required, please login");
    private static final String NO_PATH = Requests.error(404, "not_found", "Not found");
    private static final String NO_METHOD = Requests.error(405, "method_not_allowed", "Method not allowed");
    private static final String OURS_TO_MEND = Requests.error(500, "internal_error", "Internal server error");
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "OPTIONS");

    @Test
    void showsEveryKeyInTheContractsOrder() {
        Response response = Requests.asViewerOf(Fixtures.ACME).get(SUPPORT);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.asString())
                .isEqualTo("{\"_id\":\"5f0acc000000000000000021\",\"type\":\"GROUP\","
                        + "\"customer\":\"5f0acc000000000000000004\",\"name\":\"Support\",\"number\":\"800\","
                        + "\"startAudio\":\"5f0acc000000000000000031\",\"redirect\":\"+4570123456\","
                        + "\"notes\":\"Weekdays only\","
                        + "\"members\":[\"5f0acc000000000000000012\",\"5f0acc000000000000000011\",\"5f0acc000000000000000012\"],"
                        + "\"controllers\":[\"5f0acc000000000000000013\"],"
                        + "\"pickup\":true,\"steal\":false,\"spy\":true,\"setPresence\":false,\"queueMember\":true,"
                        + "\"viewOtherParty\":false,\"sms\":true,\"readCalendar\":false,\"writeCalendar\":true,"
                        + "\"readPhonebook\":false,\"writePhonebook\":true,"
                        + "\"strategy\":\"SEQUENTIAL\",\"ringTime\":25,\"timeoutGoto\":\"5f0acc000000000000000015\"}");
    }

    @Test
    void showsEveryKeyOfAGroupThatHasNone() {
        assertThat(Requests.asViewerOf(Fixtures.ACME)
                        .get(Requests.group(Fixtures.BARE))
                        .asString())
                .isEqualTo("{\"_id\":\"5f0acc000000000000000022\",\"type\":\"GROUP\","
                        + "\"customer\":\"5f0acc000000000000000004\",\"name\":null,\"number\":null,"
                        + "\"startAudio\":null,\"redirect\":null,\"notes\":null,\"members\":[],\"controllers\":[],"
                        + "\"pickup\":false,\"steal\":false,\"spy\":false,\"setPresence\":false,\"queueMember\":false,"
                        + "\"viewOtherParty\":false,\"sms\":false,\"readCalendar\":false,\"writeCalendar\":false,"
                        + "\"readPhonebook\":false,\"writePhonebook\":false,"
                        + "\"strategy\":\"ALL\",\"ringTime\":0,\"timeoutGoto\":null}");
    }

    @Test
    void neverShowsWhatElseIsStored() {
        ObjectId id = Database.put(Fixtures.group(Fixtures.newId(), Fixtures.ACME)
                .append("secret", "hush-1")
                .append("controlSipDevices", List.of("hush-2"))
                .append("_class", "hush-3")
                .append("writePhoneBook", true)
                .append("id", "hush-4")
                .append("hush-5", new Document("hush-6", 1)));
        String[] queries = {"", "?expandExtension=true&expandGoto=true", "?fields=secret&select=secret"};

        for (String query : queries) {
            Response response = Requests.asAdmin().get(Requests.group(id) + query);
            Map<String, Object> shown = response.jsonPath().getMap("$");

            assertThat(response.asString()).doesNotContain("hush").doesNotContain("writePhoneBook");
            assertThat(shown.keySet())
                    .containsExactlyElementsOf(
                            Requests.get(Requests.group(Fixtures.BARE)).jsonPath().getMap("$").keySet().stream()
                                    .map(String::valueOf)
                                    .toList());
            assertThat(shown).containsEntry("writePhonebook", false);
        }
    }

    @Test
    void readsWholeNumbersHoweverTheyAreStored() {
        for (Object number : List.of(30, 30L, 30.0)) {
            ObjectId id =
                    Database.put(Fixtures.group(Fixtures.newId(), Fixtures.ACME).append("ringTime", number));

            assertThat(Requests.get(Requests.group(id)).asString()).contains("\"ringTime\":30,");
        }
    }

    @Test
    void readsNullAsMissing() {
        Document nulls = Fixtures.group(Fixtures.newId(), Fixtures.ACME);
        for (String field : DialplanItem.FIELDS) {
            nulls.putIfAbsent(field, null);
        }
        String bare = Requests.get(Requests.group(Fixtures.BARE)).asString();

        assertThat(Requests.get(Requests.group(Database.put(nulls))).asString())
                .isEqualTo(bare.replace(
                        Fixtures.BARE.toHexString(), nulls.getObjectId("_id").toHexString()));
    }

    /** It is what {@code $unset} on an element of an array leaves, and once made the group unreadable. */
    @Test
    void leavesOutANullWithinAList() {
        ObjectId member = Fixtures.newId();
        ObjectId group = Database.put(Fixtures.group(Fixtures.newId(), Fixtures.ACME)
                .append("members", Arrays.asList(null, member, null))
                .append("controllers", Arrays.asList(null, null)));

        assertThat(Requests.get(Requests.group(group)).asString())
                .contains("\"members\":[\"" + member.toHexString() + "\"],\"controllers\":[],");
    }

    @Test
    void failsForThoseWhoMayReadAnUnreadableGroupAndForNobodyElse() {
        Map<String, Object> odd = new LinkedHashMap<>();
        for (String field : List.of("name", "number", "redirect", "notes", "strategy")) {
            odd.put(field, 5);
        }
        for (String field : List.of("startAudio", "timeoutGoto", "members", "controllers", "ringTime")) {
            odd.put(field, "odd");
        }
        for (String field : StoredDocuments.RIGHTS) {
            odd.put(field, 1);
        }
        assertThat(odd).hasSize(DialplanItem.FIELDS.size() - 2);

        odd.forEach((field, value) -> {
            String group = Requests.group(
                    Database.put(Fixtures.group(Fixtures.newId(), Fixtures.ACME).append(field, value)));
            String query = "?expandExtension=true&expandGoto=true";

            for (RequestSpecification reader : List.of(Requests.asViewerOf(Fixtures.ACME), Requests.asAdmin())) {
                assertThat(reader.get(group + query).asString()).as(field).isEqualTo(OURS_TO_MEND);
            }
            assertThat(Requests.asViewerOf(Fixtures.BAKER).get(group + query).statusCode())
                    .as(field)
                    .isEqualTo(403);
            assertThat(Requests.anonymous().get(group).statusCode()).as(field).isEqualTo(401);
        });
    }

    @Test
    void readsTheNeighborsOfAnUnreadableGroup() {
        Requests.asAdmin().get(Requests.group(Fixtures.UNREADABLE)).then().statusCode(500);
        Requests.asViewerOf(Fixtures.BAKER)
                .get(Requests.group(Fixtures.GROUP_OF_BAKER))
                .then()
                .statusCode(200);
        Requests.asViewerOf(Fixtures.ACME).get(SUPPORT).then().statusCode(200);
    }

    @Test
    void seesAWriteAtTheNextRead() {
        ObjectId id =
                Database.put(Fixtures.group(Fixtures.newId(), Fixtures.ACME).append("name", "Before"));
        Requests.get(Requests.group(id)).then().body("name", is("Before"));

        Database.change(id, Updates.set("name", "After"));
        Requests.get(Requests.group(id)).then().body("name", is("After"));

        Database.remove(id);
        Requests.get(Requests.group(id)).then().statusCode(404);
    }

    @Test
    void acceptsAnIdInEitherCaseAndSendsLowerCase() {
        String path = "/pbx/group/" + Fixtures.SUPPORT.toHexString().toUpperCase(Locale.ROOT);

        Requests.get(path).then().statusCode(200).body("_id", is(Fixtures.SUPPORT.toHexString()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/pbx/group",
                "/pbx/group/",
                "/pbx/group/x",
                "/pbx/group/5f0acc00000000000000002",
                "/pbx/group/5f0acc0000000000000000211",
                "/pbx/group/5f0acc00000000000000002g",
                "/pbx/group/null",
                "/pbx/group/5f0acc000000000000000021%20",
                "/pbx/group/%00",
                "/pbx/group/%3Bx=1",
                "/pbx/group/%25zz",
                "/pbx/group/a%2Fb",
                "/pbx/group/undefined/",
                "/pbx/group/%C3%A6",
                "/pbx/group/5f0acc00000000000000002%EF%BC%91"
            })
    void saysThatThereIsNoId(String path) {
        Response response = Requests.get(path);

        assertThat(response.asString()).isEqualTo(ID_NOT_FOUND);
        assertThat(response.statusCode()).isEqualTo(400);
    }

    @Test
    void ignoresASlashAfterTheId() {
        Requests.get(SUPPORT + "/").then().statusCode(200).body("name", is("Support"));
        Requests.get(SUPPORT + "/?expandGoto=true")
                .then()
                .statusCode(200)
                .body("timeoutGoto.name", is("Evening queue"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/pbx",
                "/pbx/",
                "/pbx/groups",
                "/pbx/Group/5f0acc000000000000000021",
                "/pbx/group/5f0acc000000000000000021/members",
                "/group/5f0acc000000000000000021",
                "/index.html",
                "/favicon.ico",
                "/q/health",
                "/q/metrics",
                "/q/dev",
                "/demo/callers",
                "/demo/page.js"
            })
    void knowsNoOtherPath(String path) {
        for (RequestSpecification anybody : List.of(Requests.anonymous(), Requests.asAdmin(), Requests.with("odd"))) {
            Response response = anybody.get(path);
            assertThat(response.asString()).isEqualTo(NO_PATH);
            assertThat(response.statusCode()).isEqualTo(404);
            hasTheHeadersOfAnError(response);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"})
    void allowsNoOtherMethod(String method) {
        for (String path : List.of(SUPPORT, "/pbx/group", "/pbx/group/odd", SUPPORT + "/")) {
            for (RequestSpecification anybody : List.of(Requests.anonymous(), Requests.asAdmin())) {
                Response response = anybody.request(method, path);
                assertThat(response.asString()).as(path).isEqualTo(NO_METHOD);
                assertThat(response.statusCode()).isEqualTo(405);
                assertThat(methods(response)).isEqualTo(METHODS);
                hasTheHeadersOfAnError(response);
            }
        }
    }

    @Test
    void judgesABodysTypeNotBeforeTheMethod() {
        Response response =
                Requests.anonymous().contentType("text/plain").body("x").post(SUPPORT);

        assertThat(response.asString()).isEqualTo(NO_METHOD);
    }

    @Test
    void judgesAnUnknownPathBeforeTheMethod() {
        Response response = Requests.anonymous().post("/pbx/elsewhere");

        assertThat(response.asString()).isEqualTo(NO_PATH);
    }

    @Test
    void tellsItsMethodsWithoutAToken() {
        for (String path : List.of(SUPPORT, SUPPORT + "/", "/pbx/group")) {
            Response response = Requests.anonymous().options(path);
            assertThat(response.statusCode()).as(path).isBetween(200, 299);
            assertThat(methods(response)).as(path).isEqualTo(METHODS);
        }
        for (String nowhere : List.of("/pbx/elsewhere", SUPPORT + "/members", "/pbx/group/odd/x/y", "/elsewhere")) {
            for (String method : List.of("OPTIONS", "DELETE", "GET", "HEAD")) {
                assertThat(Requests.anonymous().request(method, nowhere).statusCode())
                        .as(method + " " + nowhere)
                        .isEqualTo(404);
            }
        }
    }

    @Test
    void knowsNoOriginsWhileNoneAreConfigured() {
        Response response = Requests.asAdmin()
                .header("Origin", "https://app.telecomx.example")
                .get(SUPPORT);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().asList())
                .noneMatch(header -> header.getName().toLowerCase(Locale.ROOT).startsWith("access-control"));
        assertThat(response.headers().getValues("Vary")).containsExactly("Authorization");
    }

    @Test
    void answersHeadAsGetWithoutTheBody() {
        for (String path : List.of(
                SUPPORT,
                SUPPORT + "?expandExtension=true",
                Requests.group(Fixtures.GONE),
                "/pbx/group/x",
                "/elsewhere")) {
            Response get = Requests.get(path);
            Response head = Requests.asAdmin().head(path);

            assertThat(head.statusCode()).as(path).isEqualTo(get.statusCode());
            assertThat(head.asByteArray()).as(path).isEmpty();
            for (String header : List.of("Content-Type", "Content-Length", "ETag", "Cache-Control", "Vary")) {
                assertThat(head.header(header)).as(path + " " + header).isEqualTo(get.header(header));
            }
        }
        assertThat(Requests.anonymous().head(SUPPORT).statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html",
                "application/xml",
                "application/json;q=0",
                "*/*;q=0",
                "odd",
                "",
                "image/*, text/plain"
            })
    void answersInJsonWhateverIsAccepted(String accept) {
        Response group = Requests.asAdmin().header("Accept", accept).get(SUPPORT);
        Response missing = Requests.asAdmin().header("Accept", accept).get(Requests.group(Fixtures.GONE));
        Response nowhere = Requests.anonymous().header("Accept", accept).get("/elsewhere");

        assertThat(group.statusCode()).isEqualTo(200);
        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(nowhere.asString()).isEqualTo(NO_PATH);
        for (Response response : List.of(group, missing, nowhere)) {
            assertThat(response.header("Content-Type")).isEqualTo("application/json");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"=", "", "=1", "=yes", "=TRUE%20", "=true&NAME=true", "=true&NAME=false", "=null"})
    void refusesAnOddFlagAndNamesIt(String odd) {
        for (String name : List.of("expandExtension", "expandGoto")) {
            Response response = Requests.get(SUPPORT + "?" + name + odd.replace("NAME", name));

            assertThat(response.asString())
                    .isEqualTo(Requests.error(400, "bad_request", name + " must be true or false, given at most once"));
            assertThat(response.statusCode()).isEqualTo(400);
            hasTheHeadersOfAnError(response);
        }
    }

    @Test
    void takesFlagsInAnyCase() {
        for (String yes : List.of("true", "TRUE", "True", "tRUE")) {
            Requests.get(SUPPORT + "?expandGoto=" + yes).then().statusCode(200).body("timeoutGoto.type", is("QUEUE"));
        }
        for (String no : List.of("false", "FALSE", "False")) {
            Requests.get(SUPPORT + "?expandGoto=" + no)
                    .then()
                    .statusCode(200)
                    .body("timeoutGoto", is(Fixtures.QUEUE.toHexString()));
        }
    }

    @Test
    void ignoresUnknownParametersByTheHundreds() {
        // A request line may have some four thousand characters.
        String query = "?" + "a=1&".repeat(900) + "expandGoto=true";

        Requests.get(SUPPORT + query).then().statusCode(200).body("timeoutGoto.type", is("QUEUE"));
        Requests.get(SUPPORT + "?ExpandGoto=odd&expandgoto=&_=1")
                .then()
                .statusCode(200)
                .body("timeoutGoto", is(Fixtures.QUEUE.toHexString()));
    }

    @Test
    void judgesInTheContractsOrder() {
        String oddFlag = "?expandGoto=odd";
        String personal = Token.of("PERSONAL").customer(Fixtures.ACME).signed();

        assertThat(Requests.anonymous().get("/elsewhere" + oddFlag).statusCode())
                .isEqualTo(404);
        assertThat(Requests.anonymous().delete("/pbx/group/x" + oddFlag).statusCode())
                .isEqualTo(405);
        assertThat(Requests.anonymous().get("/pbx/group/x" + oddFlag).asString())
                .isEqualTo(NO_TOKEN);
        assertThat(Requests.anonymous().get("/pbx/group").asString()).isEqualTo(NO_TOKEN);
        assertThat(Requests.with(personal).get("/pbx/group/x").statusCode()).isEqualTo(400);
        assertThat(Requests.with(personal)
                        .get(Requests.group(Fixtures.GONE) + oddFlag)
                        .statusCode())
                .isEqualTo(400);
        assertThat(Requests.with(personal).get(Requests.group(Fixtures.GONE)).statusCode())
                .isEqualTo(403);
        assertThat(Requests.asViewerOf(Fixtures.BAKER)
                        .get(Requests.group(Fixtures.GONE))
                        .statusCode())
                .isEqualTo(404);
        assertThat(Requests.asViewerOf(Fixtures.BAKER).get(SUPPORT).statusCode())
                .isEqualTo(403);
    }

    @Test
    void sendsTheHeadersOfTheContract() {
        Response response = Requests.get(SUPPORT);

        assertThat(response.header("Content-Type")).isEqualTo("application/json");
        assertThat(response.header("Cache-Control")).isEqualTo("private, no-cache");
        assertThat(response.headers().getValues("Vary")).containsExactly("Authorization");
        assertThat(response.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(response.header("ETag")).matches("\"[!#-~]+\"");
        assertThat(response.header("Server")).isNull();
        assertThat(response.header("X-Powered-By")).isNull();
    }

    @Test
    void neverCompresses() {
        Response response = Requests.asAdmin()
                .header("Accept-Encoding", "gzip, deflate, br")
                .get(SUPPORT);

        assertThat(response.header("Content-Encoding")).isNull();
        assertThat(response.header("ETag")).isEqualTo(Requests.get(SUPPORT).header("ETag"));
    }

    @Test
    void sendsTheHeadersOfAnErrorWithEachOfThem() {
        List<Response> errors = List.of(
                Requests.get("/pbx/group/x"),
                Requests.anonymous().get(SUPPORT),
                Requests.anonymous().header("Authorization", "odd").get(SUPPORT),
                Requests.with("odd").get(SUPPORT),
                Requests.with(Token.of("ADMIN").withTime("exp", -60)).get(SUPPORT),
                Requests.asViewerOf(Fixtures.BAKER).get(SUPPORT),
                Requests.get(Requests.group(Fixtures.GONE)),
                Requests.get("/elsewhere"),
                Requests.asAdmin().put(SUPPORT),
                Requests.get(Requests.group(Fixtures.UNREADABLE)));

        assertThat(errors)
                .extracting(Response::statusCode)
                .containsExactly(400, 401, 401, 401, 401, 403, 404, 404, 405, 500);
        errors.forEach(GroupResourceTest::hasTheHeadersOfAnError);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "3f2c.x_Y-1", "00000000-0000-0000-0000-000000000000"})
    void repeatsAProperRequestId(String id) {
        for (String path : List.of(SUPPORT, "/pbx/group/x", "/elsewhere")) {
            Response response = Requests.asAdmin().header("X-Request-Id", id).get(path);
            assertThat(response.headers().getValues("X-Request-Id")).as(path).containsExactly(id);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "<script>", "a/b", "a;b"})
    void replacesAnImproperRequestId(String id) {
        Response one = Requests.asAdmin().header("X-Request-Id", id).get(SUPPORT);
        Response other = Requests.asAdmin().header("X-Request-Id", id).get(SUPPORT);

        assertThat(one.header("X-Request-Id")).matches("[A-Za-z0-9._-]{1,128}").isNotEqualTo(id);
        assertThat(other.header("X-Request-Id")).isNotEqualTo(one.header("X-Request-Id"));
    }

    @Test
    void bringsANewRequestIdWhereThereIsNoneOrTooLongAOne() {
        assertThat(Requests.get(SUPPORT).header("X-Request-Id")).matches("[A-Za-z0-9._-]{1,128}");
        String longest = "x".repeat(128);
        assertThat(Requests.asAdmin()
                        .header("X-Request-Id", longest)
                        .get(SUPPORT)
                        .header("X-Request-Id"))
                .isEqualTo(longest);
        assertThat(Requests.asAdmin()
                        .header("X-Request-Id", longest + "x")
                        .get(SUPPORT)
                        .header("X-Request-Id"))
                .doesNotContain(longest);
    }

    @Test
    void leavesTheAudioAndTheReferencesAloneUnlessAsked() {
        Requests.get(SUPPORT + "?expandExtension=true&expandGoto=true")
                .then()
                .body("startAudio", is("5f0acc000000000000000031"));
        Requests.get(SUPPORT + "?expandExtension=true").then().body("timeoutGoto", is(Fixtures.QUEUE.toHexString()));
        Requests.get(SUPPORT + "?expandGoto=true")
                .then()
                .body(
                        "members",
                        contains(Fixtures.BO.toHexString(), Fixtures.ANNA.toHexString(), Fixtures.BO.toHexString()));
        Requests.get(Requests.group(Fixtures.BARE) + "?expandExtension=true&expandGoto=true")
                .then()
                .body("timeoutGoto", is(nullValue()));
    }

    private static void hasTheHeadersOfAnError(Response response) {
        assertThat(response.header("Content-Type")).isEqualTo("application/json");
        assertThat(response.header("Cache-Control")).isEqualTo("no-store");
        assertThat(response.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(response.headers().getValues("X-Request-Id")).hasSize(1);
        assertThat(response.header("ETag")).isNull();
    }

    private static Set<String> methods(Response response) {
        return Set.of(response.header("Allow").split("\\s*,\\s*"));
    }
}
