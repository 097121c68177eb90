package dk.telecomx.pbx.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dk.telecomx.pbx.Cast;
import dk.telecomx.pbx.Requests;
import dk.telecomx.pbx.Token;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What no proper client sends, byte by byte. */
@QuarkusTest
class RawRequestsTest {

    private static final String GROUP = Requests.group(Cast.SUPPORT);

    @Test
    void answersAMissingHostInTheContractsShape() throws IOException {
        String answer = send("GET " + GROUP + " HTTP/1.1\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("\"code\":\"bad_request\"");
        assertThat(answer.toLowerCase(java.util.Locale.ROOT))
                .contains("content-type: application/json", "cache-control: no-store", "x-request-id: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/pbx/group/%zz", "/pbx/group/%", "/%", "/pbx/group/%c3%28%"})
    void answersABadEscapeInTheContractsShape(String path) throws IOException {
        String answer = send("GET " + path + " HTTP/1.1\r\nHost: pbx\r\nConnection: close\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 400 ")
                .contains("\"code\":\"bad_request\"")
                .contains("nosniff");
    }

    @ParameterizedTest
    @ValueSource(strings = {"|", "[]", "^", "{id}", "\"", "<b>", "`"})
    void takesOddCharactersInAnIdForNoId(String odd) throws IOException {
        String answer = send("GET /pbx/group/" + odd + " HTTP/1.1\r\nHost: pbx\r\nAuthorization: Bearer "
                + Token.of("ADMIN").signed() + "\r\nConnection: close\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 400 ")
                .endsWith(Requests.error(400, "bad_request", "Id not found in requestURI"));
    }

    @Test
    void namesAFlagThatCannotBeDecoded() throws IOException {
        String answer = send("GET " + GROUP + "?expandGoto=%zz HTTP/1.1\r\nHost: pbx\r\nAuthorization: Bearer "
                + Token.of("ADMIN").signed() + "\r\nConnection: close\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 400 ")
                .endsWith(Requests.error(400, "bad_request", "expandGoto must be true or false, and be there once"));
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
                + "GET " + Requests.group(Cast.GONE) + " HTTP/1.1\r\n" + admin
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

    private static String send(String request) throws IOException {
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }
}
