package dk.telecomx.pbx.authentication;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dk.telecomx.pbx.Fixtures;
import dk.telecomx.pbx.Keys;
import dk.telecomx.pbx.Profiles;
import dk.telecomx.pbx.Requests;
import dk.telecomx.pbx.TestIssuer;
import dk.telecomx.pbx.Token;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(Profiles.Configured.class)
class EllipticCurveTokensTest {

    private static final String GROUP = Requests.group(Fixtures.SUPPORT);

    @Test
    void acceptsItsIssuersTokens() {
        Requests.with(good()).get(GROUP).then().statusCode(200);
    }

    @Test
    void refusesAllOthers() {
        Map<String, String> tokens = Map.of(
                "another curve key", good().signedBy(Keys.ec(null, "secp256r1").privateKey()),
                "RS256", good().header("alg", "RS256").signedBy(Keys.rsa(null).privateKey()),
                "a signature in DER", good().signedAs("SHA256withECDSA"),
                "a signature of zeros", good().content() + "." + Token.base64(new byte[64]),
                "HS256",
                        good().header("alg", "HS256")
                                .signedWithSecret(TestIssuer.pem().getBytes(UTF_8)),
                "none", good().header("alg", "none").unsigned());

        tokens.forEach(
                (what, token) -> assertThat(Requests.with(token).get(GROUP).asString())
                        .as(what)
                        .isEqualTo(Requests.error(401, "invalid_token", "Undecipherable")));
    }

    @Test
    void saysOfAGenuineTokenThatItHasExpired() {
        assertThat(Requests.with(good().withTime("exp", -60)).get(GROUP).asString())
                .isEqualTo(Requests.error(401, "expired", "Session has expired, please login"));
    }

    private static Token good() {
        return Token.of("VIEWER").customer(Fixtures.ACME);
    }
}
