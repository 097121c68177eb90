package dk.telecomx.pbx.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dk.telecomx.pbx.Fixtures;
import dk.telecomx.pbx.Profiles;
import dk.telecomx.pbx.RawHttp;
import dk.telecomx.pbx.Requests;
import dk.telecomx.pbx.Token;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.DisabledOnIntegrationTest;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a gateway says of the caller, true or not, changes no answer: where the framework is told to believe it, too. */
@QuarkusTest
@TestProfile(Profiles.Configured.class)
class ForwardedHeadersTest {

    private static final List<String> NAMES = List.of(
            "Forwarded",
            "X-Forwarded-For",
            "X-Forwarded-Host",
            "X-Forwarded-Port",
            "X-Forwarded-Prefix",
            "X-Forwarded-Proto",
            "X-Forwarded-Ssl",
            "X-Forwarded-Trusted-Proxy",
            "X-Real-IP");
    private static final String ALPHABET = "0123456789abcdf.:,;=[]\"%/_ \t-forhstp\u00e6";

    @TestHTTPResource(value = "/", management = true)
    private URI management = URI.create("/");

    /** The first four in X-Forwarded-For once were never answered. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ", 203.0.113.7",
                ",",
                ":8080",
                "203.0.113.7",
                "203.0.113.7:99999",
                "[2001:db8::7]:8080",
                "[2001:db8::7",
                "]:",
                "unknown",
                "for=",
                "for=:8080",
                "for=\"\"",
                "for=\"[\";host=:;proto=",
                "host=elsewhere;proto=https;for=203.0.113.7",
                "/elsewhere",
                "https",
                "on"
            })
    void areAnsweredInEachHeader(String value) throws IOException {
        for (String name : NAMES) {
            isAnsweredAsEver(name + ": " + value);
        }
    }

    @Test
    @DisabledOnIntegrationTest("the management port of the packaged service is not known here")
    void areAnsweredOnTheManagementPort() throws IOException {
        try (Socket probe = new Socket(management.getHost(), management.getPort())) {
            probe.setSoTimeout(20_000);
            probe.getOutputStream()
                    .write("GET /q/health/live HTTP/1.1\r\nHost: pbx\r\nX-Forwarded-For: ,\r\nConnection: close\r\n\r\n"
                            .getBytes(ISO_8859_1));
            assertThat(RawHttp.answer(probe)).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void areAnsweredWhateverTheyHold() throws IOException {
        Random random = new Random(7);
        for (int i = 0; i < 300; i++) {
            String headers = Stream.generate(() -> NAMES.get(random.nextInt(NAMES.size())) + ": " + text(random))
                    .limit(1 + random.nextInt(4))
                    .collect(Collectors.joining("\r\n"));
            isAnsweredAsEver(headers);
        }
    }

    private static String text(Random random) {
        return random.ints(random.nextInt(20), 0, ALPHABET.length())
                .mapToObj(i -> ALPHABET.substring(i, i + 1))
                .collect(Collectors.joining());
    }

    private static void isAnsweredAsEver(String headers) throws IOException {
        String request = "GET " + Requests.group(Fixtures.SUPPORT) + " HTTP/1.1\r\nHost: pbx\r\n" + headers
                + "\r\nAuthorization: Bearer " + Token.of("ADMIN").signed() + "\r\nConnection: close\r\n\r\n";
        assertThat(RawHttp.exchange(request))
                .as(headers)
                .startsWith("HTTP/1.1 200 ")
                .contains("\"_id\":\"" + Fixtures.SUPPORT.toHexString());
    }
}
