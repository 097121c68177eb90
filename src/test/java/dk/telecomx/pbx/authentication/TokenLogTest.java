package dk.telecomx.pbx.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import dk.telecomx.pbx.Keys;
import dk.telecomx.pbx.Logs;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever turns the log up learns why tokens are refused, and nothing that is in one. */
class TokenLogTest {

    private static final Keys ISSUER = Keys.rsa("issuer");
    private static final Logger LOG = Logger.getLogger("dk.telecomx.pbx.authentication");

    @BeforeEach
    void turnUp() {
        LOG.setLevel(Level.ALL);
    }

    @AfterEach
    void turnBack() {
        LOG.setLevel(null);
    }

    @Test
    void namesNothingThatIsInAToken() {
        String forged = Keys.rsa("issuer").token();
        String expired = ISSUER.token(-60, null);
        String garbage = "eyJhbGciOiJSUzI1NiJ9.bm8gSlNPTgpBIGxpbmUgb2Ygb25lJ3Mgb3du.AAAA";
        try (StandaloneAuthenticator access = StandaloneAuthenticator.with(ISSUER.jwk(), "RS256")) {
            List<String> tokens = List.of(forged, expired, garbage);
            List<Logs.Line> lines = Logs.during(() -> tokens.forEach(access::refusalOf));

            for (String token : tokens) {
                for (String part : token.split("\\.", -1)) {
                    assertThat(lines).noneMatch(line -> line.message().contains(part));
                }
            }
        }
    }
}
