package dk.telecomx.pbx.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dk.telecomx.pbx.Fixtures;
import dk.telecomx.pbx.Requests;
import dk.telecomx.pbx.Token;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What no proper client sends, byte by byte. */
@QuarkusTest
class RawRequestsTest {

    private static final String GROUP = Requests.group(Fixtures.SUPPORT);
    private static final String MALFORMED = Requests.error(400, "bad_request", "Malformed request");
    private static final String NO_ID = Requests.error(400, "bad_request", "Id not found in requestURI");
    private static final String NO_TOKEN =
            Requests.error(401, "credentials_invalid", "Authorization required, please login");
    private static final String NOT_FOUND = Requests.error(404, "not_found", "Not found");

    @Test
    void answersAMissingHostInTheContractsShape() throws IOException {
        String answer = send("GET " + GROUP + " HTTP/1.1\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("\"code\":\"bad_request\"");
        assertThat(answer.toLowerCase(Locale.ROOT))
                .contains("content-type: application/json", "cache-control: no-store", "x-request-id: ");
    }

    /** Escapes of bytes that are no text. */
    @ParameterizedTest
    @ValueSource(strings = {"%c3%28", "%ff", "%00", "%25zz", "%3B", "%2F"})
    void judgesAnEscapeLikeAnyOtherId(String odd) throws IOException {
        assertThat(ask("GET", "/pbx/group/" + odd, ""))
                .startsWith("HTTP/1.1 401 ")
                .endsWith(NO_TOKEN);
        assertThat(ask("GET", "/pbx/group/" + odd, admin()))
                .startsWith("HTTP/1.1 400 ")
                .endsWith(NO_ID);
        assertThat(ask("POST", "/pbx/group/" + odd, "")).startsWith("HTTP/1.1 405 ");
        assertThat(ask("OPTIONS", "/pbx/group/" + odd, "")).startsWith("HTTP/1.1 2");
        assertThat(ask("GET", "/elsewhere/" + odd, ""))
                .startsWith("HTTP/1.1 404 ")
                .endsWith(NOT_FOUND);
        assertThat(ask("HEAD", "/pbx/group/" + odd, admin())).startsWith("HTTP/1.1 400 ");
    }

    /** What the framework would take for a matrix parameter. */
    @Test
    void takesNoPartOfAPathAway() throws IOException {
        for (String id : List.of(Fixtures.SUPPORT + ";x=1", Fixtures.SUPPORT + ";", ";" + Fixtures.SUPPORT, ";")) {
            assertThat(ask("GET", "/pbx/group/" + id, admin())).as(id).endsWith(NO_ID);
            assertThat(ask("GET", "/pbx/group/" + id, "")).as(id).endsWith(NO_TOKEN);
        }
        for (String path : List.of("/pbx;a/group/", "/pbx/group;a/", "/;/pbx/group/")) {
            assertThat(ask("GET", path + Fixtures.SUPPORT, admin())).as(path).endsWith(NOT_FOUND);
        }
        assertThat(ask("GET", GROUP + "?a=;b", admin())).startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://pbx", "http://pbx/elsewhere", "http://pbx/", "http://pbx?a=/b"})
    void knowsNoOtherPathInAbsoluteForm(String target) throws IOException {
        for (String method : List.of("GET", "HEAD", "POST")) {
            String answer = ask(method, target, "X-Request-Id: absolute\r\n");
            assertThat(answer).as(method).startsWith("HTTP/1.1 404 ").contains("X-Request-Id: absolute\r\n");
        }
    }

    /** HEAD in this form once was a 500 without a request id. */
    @Test
    void answersTheAbsoluteFormAsTheOther() throws IOException {
        String target = "http://pbx" + GROUP;
        assertThat(ask("HEAD", target, admin() + "X-Request-Id: absolute\r\n"))
                .startsWith("HTTP/1.1 200 ")
                .containsIgnoringCase("etag: ")
                .contains("X-Request-Id: absolute\r\n")
                .endsWith("\r\n\r\n");
        assertThat(ask("HEAD", target + "?expandGoto=1", admin())).startsWith("HTTP/1.1 400 ");
        assertThat(ask("HEAD", target, "")).startsWith("HTTP/1.1 401 ");
        assertThat(ask("GET", target + "?expandGoto=true", admin()))
                .startsWith("HTTP/1.1 200 ")
                .contains("Evening queue");
        assertThat(ask("DELETE", target, "")).startsWith("HTTP/1.1 405 ");
    }

    /** Refused as malformed HTTP, before it is a request: nobody's token is read for it. */
    @ParameterizedTest
    @ValueSource(strings = {"|", "[]", "^", "{id}", "\"", "<b>", "`", "%zz", "%", "a%2", "%%", "?expandGoto=%zz"})
    void refusesATargetThatIsNoUri(String odd) throws IOException {
        assertThat(ask("GET", "/pbx/group/" + odd, admin())).startsWith("HTTP/1.1 400 ");
        assertThat(ask("GET", "/pbx/group/" + odd, "")).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void answersHeadWithoutABodyOnTheWire() throws IOException {
        String answer = send("HEAD " + GROUP + " HTTP/1.1\r\nHost: pbx\r\nAuthorization: Bearer "
                + Token.of("ADMIN").signed() + "\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\n");
    }

    @Test
    void answersRequestsOfOneConnectionInTheirOrder() throws IOException {
        String admin = "Host: pbx\r\nAuthorization: Bearer " + Token.of("ADMIN").signed() + "\r\n";
        String answers = send("GET " + GROUP + " HTTP/1.1\r\n" + admin + "X-Request-Id: first\r\n\r\n"
                + "GET /pbx/group/x HTTP/1.1\r\n" + admin + "X-Request-Id: second\r\n\r\n"
                + "GET " + Requests.group(Fixtures.GONE) + " HTTP/1.1\r\n" + admin
                + "X-Request-Id: third\r\nConnection: close\r\n\r\n");

        assertThat(answers)
                .containsSubsequence("HTTP/1.1 200 ", "HTTP/1.1 400 ", "HTTP/1.1 404 ")
                .containsSubsequence("first", "second", "third");
    }

    @Test
    void refusesTwoCredentialsWhateverTheCaseOfTheHeader() throws IOException {
        String token = Token.of("ADMIN").signed();
        String answer = send("GET " + GROUP + " HTTP/1.1\r\nHost: pbx\r\nAuthorization: Bearer " + token
                + "\r\nauthorization: Bearer " + token + "\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 401 ").contains("\"code\":\"format_error\"");
    }

    /** Where the request ends is in doubt: what follows must not be taken for a request of its own. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: identity",
                "Transfer-Encoding: \"chunked\"",
                "Transfer-Encoding:",
                "Host: other",
                "host: pbx"
            })
    void answersNothingBehindARequestOfDoubtfulEnd(String header) throws IOException {
        assertThat(send("GET " + GROUP + " HTTP/1.1\r\nHost: pbx\r\n" + admin() + header + "\r\n\r\n" + next()))
                .startsWith("HTTP/1.1 400 ")
                .containsIgnoringCase("connection: close")
                .contains("X-Request-Id: ")
                .endsWith(MALFORMED)
                .containsOnlyOnce("HTTP/1.1 ");
    }

    /** Some of these are refused before they are a request. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transfer-Encoding: gzip, chunked",
                "Transfer-Encoding: chunked, identity",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
                "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: xchunked\r\nContent-Length: 5"
            })
    void answersNothingBehindOddCodings(String header) throws IOException {
        for (String body : List.of("0\r\n\r\n", "")) {
            String answers =
                    send("GET " + GROUP + " HTTP/1.1\r\nHost: pbx\r\n" + admin() + header + "\r\n\r\n" + body + next());
            assertThat(answers.split("HTTP/1\\.1 ", -1)).hasSizeLessThanOrEqualTo(2);
            assertThat(answers).matches("(?s)|HTTP/1\\.1 400 .*");
        }
    }

    private static String next() {
        return "GET " + GROUP + " HTTP/1.1\r\nHost: pbx\r\n" + admin() + "\r\n";
    }

    static Stream<Arguments> bodies() {
        String chunk = "400\r\n" + "a".repeat(1024) + "\r\n";
        return Stream.of(
                arguments("a small one", "Content-Length: 5\r\n\r\nhello"),
                arguments("a large one", "Content-Length: 50000\r\n\r\n" + "a".repeat(50_000)),
                arguments("one in chunks", "Transfer-Encoding: Chunked\r\n\r\n" + chunk.repeat(50) + "0\r\n\r\n"),
                arguments("one in chunks without end", "Transfer-Encoding: chunked\r\n\r\n" + chunk.repeat(50)),
                arguments("one that never comes", "Content-Length: 5000000000\r\n\r\n"));
    }

    /** A large one once got 413 without a body, before path and method were looked at. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void ignoresABodyAndEndsItsConnection(String name, String body) throws IOException {
        String headers = " HTTP/1.1\r\nHost: pbx\r\n" + admin() + body;
        assertThat(send("GET " + GROUP + headers))
                .startsWith("HTTP/1.1 200 ")
                .containsIgnoringCase("connection: close");
        assertThat(send("POST " + GROUP + headers))
                .startsWith("HTTP/1.1 405 ")
                .containsIgnoringCase("connection: close");
        assertThat(send("POST /elsewhere" + headers))
                .startsWith("HTTP/1.1 404 ")
                .endsWith(NOT_FOUND);
    }

    @Test
    void answersTheNextRequestBehindAnEmptyBody() throws IOException {
        assertThat(send("POST " + GROUP + " HTTP/1.1\r\nHost: pbx\r\nContent-Length: 0\r\n\r\n"
                        + "GET /elsewhere HTTP/1.1\r\nHost: pbx\r\nConnection: close\r\n\r\n"))
                .containsSubsequence("HTTP/1.1 405 ", "HTTP/1.1 404 ");
    }

    private static String admin() {
        return "Authorization: Bearer " + Token.of("ADMIN").signed() + "\r\n";
    }

    private static String ask(String method, String target, String headers) throws IOException {
        return send(method + " " + target + " HTTP/1.1\r\nHost: pbx\r\n" + headers + "Connection: close\r\n\r\n");
    }

    private static String send(String request) throws IOException {
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }
}
