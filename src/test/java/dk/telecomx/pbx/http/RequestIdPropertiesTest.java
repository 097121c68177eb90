package dk.telecomx.pbx.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Of all characters that a header can hold, exactly the contract's make a request id (section 6). */
class RequestIdPropertiesTest {

    private static final String ALLOWED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";

    @Test
    void isOfTheAllowedCharactersAlone() {
        for (char each = 0; each < 256; each++) {
            String sent = "x" + each;
            assertThat(RequestId.of(sent).equals(sent))
                    .as("character %d", (int) each)
                    .isEqualTo(ALLOWED.indexOf(each) >= 0);
        }
    }
}
