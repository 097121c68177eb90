package dk.telecomx.pbx.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dk.telecomx.pbx.Fixtures;
import dk.telecomx.pbx.Logs;
import dk.telecomx.pbx.RawHttp;
import dk.telecomx.pbx.Requests;
import dk.telecomx.pbx.Token;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What no proper client sends, byte by byte, with ill intent or without. */
@QuarkusTest
class RawRequestsTest {

    private static final String GROUP = Requests.group(Fixtures.SUPPORT);
    private static final String LINE = "GET " + GROUP + " HTTP/1.1\r\n";
    private static final String CLOSE = "Connection: close\r\n";
    private static final String MALFORMED = Requests.error(400, "bad_request", "Malformed request");
    private static final String NO_ID = Requests.error(400, "bad_request", "Id not found in requestURI");
    private static final String NO_TOKEN =
            Requests.error(401, "credentials_invalid", "Authorization required, please login");
    private static final String NOT_FOUND = Requests.error(404, "not_found", "Not found");
    private static final String CONTRACT_ERROR =
            "(?s).*\r\n\r\n\\{\"error\":\\{\"message\":\"[^\"]+\",\"code\":\"[a-z_]+\",\"status\":4\\d\\d}}";

    static Stream<Arguments> malformed() {
        String headers = headers();
        return Stream.of(
                arguments("a URI of 100 KB", "GET " + GROUP + "?" + "a".repeat(100_000) + " HTTP/1.1\r\n" + headers),
                arguments("a URI without end", "GET /" + "a".repeat(1_000_000)),
                arguments("a header of 100 KB", LINE + "X-Bomb: " + "a".repeat(100_000) + "\r\n" + headers),
                arguments("ten thousand headers", LINE + "X-Bomb: a\r\n".repeat(10_000) + headers),
                arguments("a header's name of 100 KB", LINE + "a".repeat(100_000) + ": a\r\n" + headers),
                arguments("a header without colon", LINE + "X-Bomb\r\n" + headers),
                arguments("NUL in a header", LINE + "X-Bomb: a\0b\r\n" + headers),
                arguments("NUL in a header's name", LINE + "X-\0Bomb: a\r\n" + headers),
                arguments("NUL in the URI", "GET " + GROUP + "\0 HTTP/1.1\r\n" + headers),
                arguments("no version", "GET " + GROUP + "\r\n" + headers),
                arguments("version 9.9", "GET " + GROUP + " HTTP/9.9\r\n" + headers),
                arguments("a version that is none", "GET " + GROUP + " HTTQ/1.1\r\n" + headers),
                arguments("version 2.0 without its preface", "GET " + GROUP + " HTTP/2.0\r\n" + headers),
                arguments("a vertical tab before the method", "\u000b" + LINE + headers),
                arguments("binary", "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003\u00ff\u00fe"),
                arguments("random bytes", random(4_000)),
                arguments("an empty line and nothing", "\r\n\r\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformed")
    void refusesWhatIsMalformed(String name, String request) throws IOException {
        assertThat(RawHttp.statuses(sendQuietly(request))).allMatch(status -> status >= 400 && status < 500);
    }

    private static String random(int length) {
        byte[] bytes = new byte[length];
        new Random(1).nextBytes(bytes);
        return new String(bytes, ISO_8859_1);
    }

    static Stream<Arguments> odd() {
        String headers = headers();
        return Stream.of(
                arguments("brackets", get(GROUP + "?expandGoto[]=true&expandGoto%5B0%5D=1"), 200),
                arguments("Arabic digits", get("/pbx/group/" + "%D9%A3".repeat(24)), 400),
                arguments("traversal", get("/pbx/group/../../etc/passwd"), 404),
                arguments("traversal, escaped", get("/pbx/group/%2e%2e%2f%2e%2e%2fetc%2fpasswd"), 400),
                arguments("traversal to the operators' port", get("/pbx/group/../../q/metrics"), 404),
                arguments("a header folded into a second line", LINE + "X-Odd: a\r\n b\r\n" + headers, 200),
                arguments("version 1.0", "GET " + GROUP + " HTTP/1.0\r\nHost: pbx\r\n" + admin() + "\r\n", 200),
                arguments("a method that is none", "BREW " + GROUP + " HTTP/1.1\r\n" + headers, 405),
                arguments("a method in small letters", "get " + GROUP + " HTTP/1.1\r\n" + headers, 405),
                arguments(
                        "a method told otherwise",
                        "POST " + GROUP + " HTTP/1.1\r\nX-HTTP-Method-Override: GET\r\nContent-Length: 0\r\n" + headers,
                        405),
                arguments(
                        "what a proxy would say of the caller",
                        LINE + "Host: pbx\r\nX-Forwarded-User: admin\r\nX-Original-URL: /q/metrics\r\n" + CLOSE
                                + "\r\n",
                        401));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("odd")
    void answersWhatIsOddButValidAsEver(String name, String request, int status) throws IOException {
        String answer = sendQuietly(request);

        assertThat(RawHttp.statuses(answer)).containsExactly(status);
        if (status == 200) {
            assertThat(answer).contains("\"_id\":\"" + Fixtures.SUPPORT);
        } else {
            assertThat(answer).matches(CONTRACT_ERROR);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__",
                "Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=="
            })
    void speaksNoOtherProtocol(String upgrade) throws IOException {
        String answers = sendQuietly(
                LINE + "Host: pbx\r\n" + admin() + "Connection: " + upgrade + "\r\n\r\n" + get("/elsewhere"));

        assertThat(RawHttp.statuses(answers)).containsExactly(200, 404);
    }

    @Test
    void answersAMissingHostInTheContractsShape() throws IOException {
        String answer = sendQuietly(LINE + CLOSE + "\r\n");

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
    @ValueSource(
            strings = {
                "|",
                "[]",
                "^",
                "{id}",
                "\"",
                "<b>",
                "`",
                "%zz",
                "%",
                "a%2",
                "%%",
                "5f0acc000000000000000021%",
                "5f0acc000000000000000021?a=%zz",
                "5f0acc000000000000000021?expandGoto=%zz"
            })
    void refusesATargetThatIsNoUri(String odd) throws IOException {
        String line = "GET /pbx/group/" + odd + " HTTP/1.1\r\n";
        assertThat(sendQuietly(line + headers())).startsWith("HTTP/1.1 400 ");
        assertThat(sendQuietly(line + "Host: pbx\r\n" + CLOSE + "\r\n")).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void answersHeadWithoutABodyOnTheWire() throws IOException {
        assertThat(ask("HEAD", GROUP, admin())).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\n");
    }

    @Test
    void answersRequestsOfOneConnectionInTheirOrder() throws IOException {
        String admin = "Host: pbx\r\n" + admin();
        String answers = RawHttp.exchange(LINE + admin + "X-Request-Id: first\r\n\r\n"
                + "GET /pbx/group/x HTTP/1.1\r\n" + admin + "X-Request-Id: second\r\n\r\n"
                + "GET " + Requests.group(Fixtures.GONE) + " HTTP/1.1\r\n" + admin
                + "X-Request-Id: third\r\nConnection: close\r\n\r\n");

        assertThat(RawHttp.statuses(answers)).containsExactly(200, 400, 404);
        assertThat(answers).containsSubsequence("first", "second", "third");
    }

    @Test
    void refusesTwoCredentialsWhateverTheCaseOfTheHeader() throws IOException {
        assertThat(ask("GET", GROUP, admin() + admin().replace("Authorization", "authorization")))
                .startsWith("HTTP/1.1 401 ")
                .contains("\"code\":\"format_error\"");
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
        assertThat(sendQuietly(LINE + "Host: pbx\r\n" + admin() + header + "\r\n\r\n" + next()))
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
                "Transfer-Encoding : chunked",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
                "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: xchunked\r\nContent-Length: 5",
                "Transfer-Encoding: chunked\r\nContent-Length: 5",
                "Content-Length: 5\r\nTransfer-Encoding: chunked",
                "Content-Length: 0\r\nContent-Length: 5",
                "Content-Length: 0, 5",
                "Content-Length: -1",
                "Content-Length: +0",
                "Content-Length: 0x0",
                "Content-Length : 0"
            })
    void answersNothingBehindOddLengthsAndCodings(String header) throws IOException {
        for (String body : List.of("0\r\n\r\n", "")) {
            refusesItAlone(LINE + "Host: pbx\r\n" + admin() + header + "\r\n\r\n" + body + next());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"zz", "0x0", "-1", "10000000000000000"})
    void answersNothingBehindAChunkOfAnOddSize(String size) throws IOException {
        refusesItAlone(
                LINE + "Host: pbx\r\n" + admin() + "Transfer-Encoding: chunked\r\n\r\n" + size + "\r\n\r\n" + next());
    }

    @Test
    void answersNothingBehindControlCharacters() throws IOException {
        refusesItAlone("\0\u0001\u0002\u001f\u000b" + next() + next());
        // The second one once was answered with 200, as if nothing stood before it.
        List<Integer> statuses = RawHttp.statuses(RawHttp.exchange(next() + "\u000b\0" + next()));
        assertThat(statuses).first().isEqualTo(200);
        assertThat(statuses.subList(1, statuses.size())).allMatch(status -> status == 400);
    }

    private static void refusesItAlone(String request) throws IOException {
        String answers = sendQuietly(request);
        assertThat(RawHttp.statuses(answers)).hasSizeLessThan(2);
        assertThat(answers).matches("(?s)|HTTP/1\\.[01] 400 .*");
    }

    private static String next() {
        return LINE + "Host: pbx\r\n" + admin() + "\r\n";
    }

    /** A body is discarded, whatever it says; what was sent behind it at once may still be answered before the connection ends. */
    @Test
    void takesABodyForNoRequest() throws IOException {
        String open = LINE + "Host: pbx\r\n" + admin();
        String second = "GET /pbx/group/x HTTP/1.1\r\nHost: pbx\r\n\r\n";
        String last = get("/elsewhere");

        for (String framed : List.of(
                "Content-Length: " + second.length() + "\r\n\r\n" + second,
                "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(second.length()) + "\r\n" + second
                        + "\r\n0\r\n\r\n")) {
            assertThat(RawHttp.statuses(RawHttp.exchange(open + framed + last))).isIn(List.of(200), List.of(200, 404));
        }
    }

    static Stream<Arguments> bodies() {
        String chunk = "400\r\n" + "a".repeat(1024) + "\r\n";
        return Stream.of(
                arguments("a small one", "Content-Length: 5\r\n\r\nhello"),
                arguments("a large one", "Content-Length: 1000000\r\n\r\n" + "a".repeat(1_000_000)),
                arguments("one in chunks", "Transfer-Encoding: Chunked\r\n\r\n" + chunk.repeat(50) + "0\r\n\r\n"),
                arguments("one in chunks without end", "Transfer-Encoding: chunked\r\n\r\n" + chunk.repeat(50)),
                arguments("one that never comes", "Content-Length: 5000000000\r\n\r\n"));
    }

    /** A large one once got 413 without a body, before path and method were looked at. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void ignoresABodyAndEndsItsConnection(String name, String body) throws IOException {
        String headers = " HTTP/1.1\r\nHost: pbx\r\n" + admin() + body;
        assertThat(RawHttp.exchange("GET " + GROUP + headers))
                .startsWith("HTTP/1.1 200 ")
                .containsIgnoringCase("connection: close");
        assertThat(RawHttp.exchange("POST " + GROUP + headers))
                .startsWith("HTTP/1.1 405 ")
                .containsIgnoringCase("connection: close");
        assertThat(RawHttp.exchange("POST /elsewhere" + headers))
                .startsWith("HTTP/1.1 404 ")
                .endsWith(NOT_FOUND);
    }

    @Test
    void answersTheNextRequestBehindAnEmptyBody() throws IOException {
        assertThat(RawHttp.exchange("POST " + GROUP + " HTTP/1.1\r\nHost: pbx\r\nContent-Length: 0\r\n\r\n"
                        + "GET /elsewhere HTTP/1.1\r\nHost: pbx\r\nConnection: close\r\n\r\n"))
                .containsSubsequence("HTTP/1.1 405 ", "HTTP/1.1 404 ");
    }

    private static String admin() {
        return "Authorization: Bearer " + Token.of("ADMIN").signed() + "\r\n";
    }

    /** The rest of a proper request. */
    private static String headers() {
        return "Host: pbx\r\n" + admin() + CLOSE + "\r\n";
    }

    private static String get(String target) {
        return "GET " + target + " HTTP/1.1\r\n" + headers();
    }

    private static String ask(String method, String target, String headers) throws IOException {
        return RawHttp.exchange(method + " " + target + " HTTP/1.1\r\nHost: pbx\r\n" + headers + CLOSE + "\r\n");
    }

    /** Nothing above debug is logged for it. (Of the packaged service's log, nothing is seen here.) */
    private static String sendQuietly(String request) throws IOException {
        StringBuilder answers = new StringBuilder();
        List<Logs.Line> lines = Logs.during(() -> answers.append(RawHttp.exchange(request)));
        assertThat(lines)
                .filteredOn(line -> line.level().intValue() >= Level.INFO.intValue())
                .as("loud lines of the log")
                .isEmpty();
        return answers.toString();
    }
}
