package dk.telecomx.pbx.group;

import static org.assertj.core.api.Assertions.assertThat;

import dk.telecomx.pbx.Fixtures;
import dk.telecomx.pbx.Requests;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Conditions of RFC 9110 besides {@code If-None-Match}: they change nothing here, alone or beside it. */
@QuarkusTest
class OtherConditionsTest {

    private static final String GROUP = Requests.group(Fixtures.SUPPORT);
    private static final String LONG_AGO = "Sat, 01 Jan 2000 00:00:00 GMT";
    private static final String LATER = "Fri, 01 Jan 2100 00:00:00 GMT";

    private static final List<Map<String, String>> OTHERS = List.of(
            Map.of("If-Match", "\"x\""),
            Map.of("If-Match", "*"),
            Map.of("If-Modified-Since", LATER),
            Map.of("If-Modified-Since", "no date"),
            Map.of("If-Unmodified-Since", LONG_AGO),
            Map.of("If-Range", "\"x\"", "Range", "bytes=0-9"),
            Map.of("Range", "bytes=0-9"));

    @Test
    void sendsTheWholeRepresentationWhateverTheyAre() {
        Response plain = Requests.get(GROUP);
        for (Map<String, String> condition : OTHERS) {
            Response response = Requests.asAdmin().headers(condition).get(GROUP);

            assertThat(response.statusCode()).as(condition.toString()).isEqualTo(200);
            assertThat(response.asString()).isEqualTo(plain.asString());
            assertThat(response.header("ETag")).isEqualTo(plain.header("ETag"));
            assertThat(response.header("Last-Modified")).isNull();
            assertThat(response.header("Accept-Ranges")).isNull();
        }
    }

    /** Section 13.2.2: where there is {@code If-None-Match}, a date says nothing. */
    @Test
    void leavesItToIfNoneMatchWhereThatIsThereToo() {
        String tag = Requests.get(GROUP).header("ETag");
        for (Map<String, String> condition : OTHERS) {
            assertThat(Requests.asAdmin()
                            .headers(condition)
                            .header("If-None-Match", tag)
                            .get(GROUP)
                            .statusCode())
                    .as(condition.toString())
                    .isEqualTo(304);
            assertThat(Requests.asAdmin()
                            .headers(condition)
                            .header("If-None-Match", "\"x\"")
                            .get(GROUP)
                            .statusCode())
                    .as(condition.toString())
                    .isEqualTo(200);
        }
    }
}
