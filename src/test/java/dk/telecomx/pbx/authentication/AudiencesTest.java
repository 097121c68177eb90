package dk.telecomx.pbx.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import dk.telecomx.pbx.Fixtures;
import dk.telecomx.pbx.Profiles;
import dk.telecomx.pbx.Requests;
import dk.telecomx.pbx.Token;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(Profiles.Configured.class)
class AudiencesTest {

    private static final String GROUP = Requests.group(Fixtures.SUPPORT);

    @Test
    void acceptsEachConfiguredAudience() {
        for (Object audience : List.of("pbx", "switchboard", List.of("pbx"), List.of("another", "switchboard"))) {
            Requests.with(good().with("aud", audience)).get(GROUP).then().statusCode(200);
        }
    }

    @Test
    void refusesEveryOtherAudience() {
        Map<String, @Nullable Object> audiences = new LinkedHashMap<>();
        audiences.put("another", "another");
        audiences.put("both in one string", "pbx,switchboard");
        audiences.put("upper case", "PBX");
        audiences.put("two others", List.of("a", "b"));
        audiences.put("none of a list", List.of());
        audiences.put("a number", 5);
        audiences.put("null", null);
        audiences.forEach((what, audience) -> undecipherable(good().with("aud", audience), what));
        undecipherable(good(), "no audience");
        undecipherable(good().with("aud", "another").withTime("exp", -60), "another, expired");
    }

    @Test
    void followsTheConfiguredSkew() {
        assertThat(Requests.with(good().with("aud", "pbx").withTime("exp", -4))
                        .get(GROUP)
                        .asString())
                .isEqualTo(Requests.error(401, "expired", "Session has expired, please login"));
        undecipherable(good().with("aud", "pbx").withTime("nbf", 5), "not yet valid");
    }

    private static Token good() {
        return Token.of("VIEWER").customer(Fixtures.ACME).without("aud");
    }

    private static void undecipherable(Token token, String what) {
        assertThat(Requests.with(token).get(GROUP).asString())
                .as(what)
                .isEqualTo(Requests.error(401, "invalid_token", "Undecipherable"));
    }
}
