package dk.telecomx.pbx.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.telecomx.pbx.error.Failure.CredentialsMalformed;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BearerAuthenticatorTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer a.b.c",
                "bearer a.b.c",
                "BEARER a.b.c",
                "bEaReR a.b.c",
                "Bearer  a.b.c ",
                "Bearer \ta.b.c",
                "Bearer a.b.c\t \t"
            })
    void findsTheTokenWhateverTheCaseOfTheScheme(String header) {
        assertThat(BearerAuthenticator.bearerToken(header)).isEqualTo("a.b.c");
    }

    /** Other blanks are part of it, and make it a bad one. */
    @ParameterizedTest
    @ValueSource(strings = {"a.b.c\u00a0", "\u00a0a.b.c", "a.b.c\u2003", "\u000ba.b.c", "a.b.c\r"})
    void trimsSpacesAndTabsAlone(String token) {
        assertThat(BearerAuthenticator.bearerToken("Bearer " + token)).isEqualTo(token);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer ",
                "Bearer   ",
                "Basic a.b.c",
                "a.b.c",
                "Bearera.b.c",
                "Bearer: a.b.c",
                "Bearer a b",
                "Bearer a.b.c\tx",
                "Token Bearer a.b.c"
            })
    void takesNothingElseForOne(String header) {
        assertThatThrownBy(() -> BearerAuthenticator.bearerToken(header)).isInstanceOf(CredentialsMalformed.class);
    }
}
