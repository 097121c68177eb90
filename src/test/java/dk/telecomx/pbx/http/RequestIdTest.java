package dk.telecomx.pbx.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestIdTest {

    private static final String LONGEST =
            "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABC._-";

    @ParameterizedTest
    @ValueSource(strings = {"a", "Z", "0", ".", "_", "-", "3f2c.x_Y-1", LONGEST})
    void isTheCallersWhereThatIsProper(String sent) {
        assertThat(RequestId.of(sent)).isEqualTo(sent);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {" ", "a b", "a/b", "é", "a\tb", "<script>", "a,b", "a:b", LONGEST + "x", "٣"})
    void isANewOneOtherwise(@Nullable String sent) {
        assertThat(RequestId.of(sent)).isNotEqualTo(sent).matches("[A-Za-z0-9._-]{1,128}");
        assertThat(RequestId.of(sent)).isNotEqualTo(RequestId.of(sent));
    }
}
