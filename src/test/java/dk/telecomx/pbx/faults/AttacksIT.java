package dk.telecomx.pbx.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dk.telecomx.pbx.Await;
import dk.telecomx.pbx.FixtureDatabase;
import dk.telecomx.pbx.Fixtures;
import dk.telecomx.pbx.Keys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is sent with ill intent, byte by byte, to the packaged service. */
class AttacksIT {

    private static final Keys KEYS = Keys.rsa("attacks");
    private static final String ADMIN = KEYS.admin();
    private static final String PATH = "/pbx/group/" + Fixtures.CROWD;
    private static final String AUTHORIZATION = "Authorization: Bearer " + ADMIN + "\r\n";
    private static final String CLOSE = "Connection: close\r\n";
    private static final String HEADERS = "Host: pbx\r\n" + AUTHORIZATION + CLOSE;
    private static final Pattern LOUD = Pattern.compile("\"level\":\"(INFO|WARN|ERROR|FATAL)\"");
    private static final Pattern CONTRACT_ERROR =
            Pattern.compile("\\{\"error\":\\{\"message\":\"[^\"]+\",\"code\":\"[a-z_]+\",\"status\":4\\d\\d}}");

    private static FixtureDatabase database;
    private static PackagedService service;

    @BeforeAll
    static void start() throws Exception {
        database = new FixtureDatabase();
        Map<String, String> settings =
                PackagedService.settings(database.address().getPort(), database.name(), KEYS.jwk());
        settings.put("QUARKUS_HTTP_PROXY_PROXY_ADDRESS_FORWARDING", "true");
        settings.put("QUARKUS_HTTP_PROXY_TRUSTED_PROXIES", "127.0.0.1");
        service = PackagedService.start("attacks", settings);
        Await.until(
                "a good answer",
                java.time.Duration.ofSeconds(30),
                () -> service.group(Fixtures.CROWD, ADMIN).statusCode() == 200);
    }

    @AfterAll
    static void stop() {
        service.close();
        database.close();
    }

    static Stream<Arguments> malformed() {
        String line = "GET " + PATH + " HTTP/1.1\r\n";
        return Stream.of(
                attack(
                        "a URI of 100 KB",
                        "GET " + PATH + "?" + "a".repeat(100_000) + " HTTP/1.1\r\n" + HEADERS + "\r\n"),
                attack("a URI without end", "GET /" + "a".repeat(1_000_000)),
                attack("a header of 100 KB", line + HEADERS + "X-Bomb: " + "a".repeat(100_000) + "\r\n\r\n"),
                attack("ten thousand headers", line + HEADERS + "X-Bomb: a\r\n".repeat(10_000) + "\r\n"),
                attack("a header's name of 100 KB", line + HEADERS + "a".repeat(100_000) + ": a\r\n\r\n"),
                attack("a header without colon", line + HEADERS + "X-Bomb\r\n\r\n"),
                attack("a space before a header's colon", line + HEADERS + "Content-Length : 5\r\n\r\nhello"),
                attack("NUL in a header", line + HEADERS + "X-Bomb: a\0b\r\n\r\n"),
                attack("NUL in a header's name", line + HEADERS + "X-\0Bomb: a\r\n\r\n"),
                attack("NUL in the URI", "GET " + PATH + "\0 HTTP/1.1\r\n" + HEADERS + "\r\n"),
                attack("NUL escaped in the id", "GET " + PATH + "%00 HTTP/1.1\r\n" + HEADERS + "\r\n"),
                attack("a bad escape in the id", "GET /pbx/group/%zz HTTP/1.1\r\n" + HEADERS + "\r\n"),
                attack("half an escape at the end of the id", "GET " + PATH + "% HTTP/1.1\r\n" + HEADERS + "\r\n"),
                attack("a bad escape in the query", "GET " + PATH + "?a=%zz HTTP/1.1\r\n" + HEADERS + "\r\n"),
                attack("a bad escape in a flag", "GET " + PATH + "?expandGoto=%zz HTTP/1.1\r\n" + HEADERS + "\r\n"),
                attack("bytes that are no UTF-8 in the id", "GET /pbx/group/%ff%fe HTTP/1.1\r\n" + HEADERS + "\r\n"),
                attack("no version", "GET " + PATH + "\r\n" + HEADERS + "\r\n"),
                attack("version 9.9", "GET " + PATH + " HTTP/9.9\r\n" + HEADERS + "\r\n"),
                attack("a version that is none", "GET " + PATH + " HTTQ/1.1\r\n" + HEADERS + "\r\n"),
                attack("version 2.0 without its preface", "GET " + PATH + " HTTP/2.0\r\n" + HEADERS + "\r\n"),
                attack("two lengths", line + HEADERS + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!"),
                attack("two lengths in one", line + HEADERS + "Content-Length: 5, 6\r\n\r\nhello!"),
                attack("a negative length", line + HEADERS + "Content-Length: -1\r\n\r\n"),
                attack("a length that is none", line + HEADERS + "Content-Length: 0x5\r\n\r\nhello"),
                attack(
                        "a length and chunks",
                        line + HEADERS + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nhello"),
                attack("a bad chunk", line + HEADERS + "Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n"),
                attack("an unknown coding", line + HEADERS + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n"),
                attack("a coding that is none", line + HEADERS + "Transfer-Encoding: xchunked\r\n\r\n"),
                attack("a coding that we do not know", line + HEADERS + "Transfer-Encoding: gzip\r\n\r\n"),
                attack("no Host", line + AUTHORIZATION + CLOSE + "\r\n"),
                attack("two Hosts", line + HEADERS + "Host: pbx\r\n\r\n"),
                attack("two Hosts that differ", line + HEADERS + "Host: evil\r\n\r\n"),
                attack("control characters before the method", "\0\u0001\u0002\u001f" + line + HEADERS + "\r\n"),
                attack("a vertical tab before the method", "\u000b" + line + HEADERS + "\r\n"),
                attack("binary", "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003\u00ff\u00fe"),
                attack("random bytes", random(4_000)),
                attack("an empty line and nothing", "\r\n\r\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformed")
    void refusesWhatIsMalformed(String name, String request) throws IOException {
        String before = service.log();

        List<Integer> statuses = RawHttp.statuses(send(request));

        assertThat(statuses).as(name).allMatch(status -> status >= 400 && status < 500);
        isQuietSince(before);
    }

    static Stream<Arguments> odd() {
        String tail = " HTTP/1.1\r\n" + HEADERS + "\r\n";
        UnaryOperator<String> get = target -> "GET " + target + tail;
        return Stream.of(
                odd("unknown parameters", get.apply(PATH + "?a=b&c"), 200),
                odd("brackets", get.apply(PATH + "?expandGoto[]=true&expandGoto%5B0%5D=1"), 200),
                odd("parameters by the hundred", get.apply(PATH + "?" + "a&".repeat(3_500)), 200),
                odd("a flag twice", get.apply(PATH + "?expandGoto=true&expandGoto=true"), 400),
                odd("a flag twice, the second hidden", get.apply(PATH + "?expandGoto=true&expand%47oto=true"), 400),
                odd(
                        "a flag behind a thousand others",
                        get.apply(PATH + "?" + "a&".repeat(2_000) + "expandGoto=2"),
                        400),
                odd("a slash after the id", get.apply(PATH + "/"), 200),
                odd(
                        "the id in capitals",
                        get.apply("/pbx/group/" + Fixtures.CROWD.toHexString().toUpperCase(java.util.Locale.ROOT)),
                        200),
                odd("Arabic digits", get.apply("/pbx/group/" + "%D9%A3".repeat(24)), 400),
                odd("full-width digits", get.apply("/pbx/group/" + "%EF%BC%91".repeat(24)), 400),
                odd("traversal", get.apply("/pbx/group/../../etc/passwd"), 404),
                odd("traversal, escaped", get.apply("/pbx/group/%2e%2e%2f%2e%2e%2fetc%2fpasswd"), 400),
                odd("traversal to the operators' port", get.apply("/pbx/group/../../q/metrics"), 404),
                odd("an operator of the database", get.apply("/pbx/group/%7B%22$ne%22:null%7D"), 400),
                odd("the absolute form", get.apply("http://pbx" + PATH), 200),
                odd(
                        "a header folded into a second line",
                        "GET " + PATH + " HTTP/1.1\r\nX-Odd: a\r\n b\r\n" + HEADERS + "\r\n",
                        200),
                odd(
                        "an upgrade to h2c",
                        "GET " + PATH + " HTTP/1.1\r\nHost: pbx\r\n" + AUTHORIZATION
                                + "Connection: Upgrade, HTTP2-Settings, close\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n",
                        200),
                odd(
                        "an upgrade to a web socket",
                        "GET " + PATH + " HTTP/1.1\r\nHost: pbx\r\n" + AUTHORIZATION
                                + "Connection: Upgrade, close\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n",
                        200),
                odd("a small body", "GET " + PATH + " HTTP/1.1\r\n" + HEADERS + "Content-Length: 5\r\n\r\nhello", 200),
                odd(
                        "a body of 1 MB",
                        "GET " + PATH + " HTTP/1.1\r\n" + HEADERS + "Content-Length: 1000000\r\n\r\n"
                                + "a".repeat(1_000_000),
                        200),
                odd(
                        "a request inside a body",
                        "GET " + PATH + " HTTP/1.1\r\n" + HEADERS
                                + "Transfer-Encoding: chunked\r\n\r\n1c\r\nGET /q/metrics HTTP/1.1\r\n\r\n \r\n0\r\n\r\n",
                        200),
                odd("version 1.0", "GET " + PATH + " HTTP/1.0\r\n" + AUTHORIZATION + "Host: pbx\r\n\r\n", 200),
                odd("another method", "TRACE " + PATH + tail, 405),
                odd("a method that is none", "BREW " + PATH + tail, 405),
                odd("a method in small letters", "get " + PATH + tail, 405),
                odd(
                        "a method told otherwise",
                        "POST " + PATH + " HTTP/1.1\r\n" + HEADERS
                                + "X-HTTP-Method-Override: GET\r\nContent-Length: 0\r\n\r\n",
                        405),
                odd(
                        "a token in the query",
                        "GET " + PATH + "?access_token=" + ADMIN + " HTTP/1.1\r\nHost: pbx\r\n" + CLOSE + "\r\n",
                        401),
                odd(
                        "two Authorization headers",
                        "GET " + PATH + " HTTP/1.1\r\n" + HEADERS + AUTHORIZATION + "\r\n",
                        401),
                odd(
                        "an empty address of the caller",
                        "GET " + PATH + " HTTP/1.1\r\nX-Forwarded-For: , 203.0.113.7\r\n" + HEADERS + "\r\n",
                        200),
                odd(
                        "a port of no caller",
                        "GET " + PATH + " HTTP/1.1\r\nX-Forwarded-For: :8080\r\n" + HEADERS + "\r\n",
                        200),
                odd(
                        "what a proxy would say of the caller",
                        "GET " + PATH + " HTTP/1.1\r\nHost: pbx\r\n" + CLOSE
                                + "X-Forwarded-User: admin\r\nX-Original-URL: /q/metrics\r\nForwarded: for=127.0.0.1\r\n\r\n",
                        401));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("odd")
    void answersWhatIsOddButValidAsEver(String name, String request, int status) throws IOException {
        String before = service.log();

        String answer = send(request);

        assertThat(RawHttp.statuses(answer)).as(name).containsExactly(status);
        if (status == 200) {
            assertThat(answer).contains("\"_id\":\"" + Fixtures.CROWD);
        } else {
            assertThat(answer.substring(answer.indexOf("\r\n\r\n") + 4)).matches(CONTRACT_ERROR);
        }
        isQuietSince(before);
    }

    /** A second request where the first one's body is, or might be taken to be; no {@code Connection: close} ends it early. */
    static Stream<Arguments> smuggled() {
        String line = "GET " + PATH + " HTTP/1.1\r\nHost: pbx\r\n" + AUTHORIZATION;
        String second = "GET /pbx/group/" + Fixtures.GONE + " HTTP/1.1\r\nHost: pbx\r\n" + AUTHORIZATION + "\r\n";
        return Stream.of(
                attack(
                        "behind a length and chunks",
                        line + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + second),
                attack(
                        "behind chunks and a length",
                        line + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n" + second),
                attack(
                        "behind two lengths",
                        line + "Content-Length: 0\r\nContent-Length: " + second.length() + "\r\n\r\n" + second),
                attack(
                        "behind two lengths in one",
                        line + "Content-Length: 0, " + second.length() + "\r\n\r\n" + second),
                attack("behind a length with a sign", line + "Content-Length: +0\r\n\r\n" + second),
                attack("behind a length in hex", line + "Content-Length: 0x0\r\n\r\n" + second),
                attack("behind a length and a space", line + "Content-Length : 0\r\n\r\n" + second),
                attack("behind a coding and a space", line + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n" + second),
                attack("behind a coding that is none", line + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + second),
                attack("behind a coding that we do not know", line + "Transfer-Encoding: identity\r\n\r\n" + second),
                attack(
                        "behind chunks in another coding",
                        line + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n" + second),
                attack("behind control characters", "\0\u000b" + line + "\r\n" + second),
                attack("behind two Hosts", line + "Host: evil\r\n\r\n" + second),
                attack(
                        "behind a chunk that is no number",
                        line + "Transfer-Encoding: chunked\r\n\r\n0x0\r\n\r\n" + second),
                attack("behind a chunk below zero", line + "Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n" + second),
                attack(
                        "behind a chunk too large to count",
                        line + "Transfer-Encoding: chunked\r\n\r\n10000000000000000\r\n\r\n" + second));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("smuggled")
    void answersNoRequestThatIsSmuggledIn(String name, String request) throws IOException {
        String before = service.log();

        List<Integer> statuses = RawHttp.statuses(send(request));

        assertThat(statuses).as(name).hasSizeLessThan(2).allMatch(status -> status >= 400 && status < 500);
        isQuietSince(before);
    }

    @Test
    void answersHeadInTheAbsoluteFormWithoutABody() throws IOException {
        String answer = send("HEAD http://pbx" + PATH + " HTTP/1.1\r\n" + HEADERS + "\r\n");

        assertThat(RawHttp.statuses(answer)).containsExactly(200);
        assertThat(answer).endsWith("\r\n\r\n");
    }

    /** A body is discarded, whatever it says; what was sent behind it at once may still be answered before the connection ends. */
    @Test
    void takesABodyForNoRequest() throws IOException {
        String line = "GET " + PATH + " HTTP/1.1\r\nHost: pbx\r\n" + AUTHORIZATION;
        String second = "GET /pbx/group/x HTTP/1.1\r\nHost: pbx\r\n\r\n";
        String last = "GET /elsewhere HTTP/1.1\r\n" + HEADERS + "\r\n";

        assertThat(RawHttp.statuses(send(line + "Content-Length: " + second.length() + "\r\n\r\n" + second + last)))
                .isIn(List.of(200), List.of(200, 404));
        assertThat(RawHttp.statuses(send(line + "Transfer-Encoding: chunked\r\n\r\n"
                        + Integer.toHexString(second.length()) + "\r\n" + second + "\r\n0\r\n\r\n" + last)))
                .isIn(List.of(200), List.of(200, 404));
    }

    /** The second one once was answered with 200, as if nothing stood before it. */
    @Test
    void answersNothingBehindControlCharactersBetweenRequests() throws IOException {
        String request = "GET " + PATH + " HTTP/1.1\r\nHost: pbx\r\n" + AUTHORIZATION + "\r\n";

        List<Integer> statuses = RawHttp.statuses(send(request + "\u000b\0" + request));

        assertThat(statuses).first().isEqualTo(200);
        assertThat(statuses.subList(1, statuses.size())).allMatch(status -> status == 400);
    }

    @Test
    void answersPipelinedRequestsInOrder() throws IOException {
        String open = "Host: pbx\r\n" + AUTHORIZATION + "\r\n";
        String answers = send("GET " + PATH + " HTTP/1.1\r\n" + open + "GET /pbx/group/x HTTP/1.1\r\n" + open
                + "GET /pbx/group/" + Fixtures.GONE + " HTTP/1.1\r\n" + open + "GET " + PATH
                + "?expandGoto=true HTTP/1.1\r\n"
                + HEADERS + "\r\n");

        assertThat(RawHttp.statuses(answers)).containsExactly(200, 400, 404, 200);
    }

    /** Such requests once were never answered where the framework was told to believe those headers. */
    @Test
    void warnsThatForwardedHeadersCountForNothing() {
        assertThat(service.log()).contains("QUARKUS_HTTP_PROXY_PROXY_ADDRESS_FORWARDING has no effect");
    }

    private static Arguments attack(String name, String request) {
        return Arguments.of(name, request);
    }

    private static Arguments odd(String name, String request, int status) {
        return Arguments.of(name, request, status);
    }

    private static String random(int length) {
        byte[] bytes = new byte[length];
        new Random(1).nextBytes(bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static String send(String request) throws IOException {
        return RawHttp.exchange(service.port(), request.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Nothing above debug was logged but records of refusals, which are promised. */
    private static void isQuietSince(String before) {
        assertThat(service.log().substring(before.length()).lines())
                .filteredOn(line -> LOUD.matcher(line).find())
                .filteredOn(line -> !line.contains("\"loggerName\":\"dk.telecomx.pbx.audit\""))
                .as("loud lines of the log")
                .isEmpty();
    }
}
