package dk.telecomx.pbx.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntityTagTest {

    private static final String TAG = "\"abc-_1\"";

    @Test
    void isStrongAndOfTheBytesAlone() {
        String tag = EntityTag.of("{}".getBytes(UTF_8));

        assertThat(tag).matches("\"[A-Za-z0-9_-]{22}\"");
        assertThat(EntityTag.of("{}".getBytes(UTF_8))).isEqualTo(tag);
        assertThat(EntityTag.of("{ }".getBytes(UTF_8))).isNotEqualTo(tag);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"abc-_1\"",
                "W/\"abc-_1\"",
                "*",
                " * ",
                "\"x\", \"abc-_1\"",
                "\"abc-_1\",\"x\"",
                "W/\"x\" , W/\"abc-_1\"",
                "\"a,b\", \"abc-_1\"",
                "\"\", \"abc-_1\"",
                ",, \"abc-_1\"",
                "\"abc-_1\" , ",
                "\t\"x\"\t,\t\"abc-_1\"\t",
                "\"\u00e9\",W/\"abc-_1\"",
                "\"!\u00ff\",\"abc-_1\""
            })
    void isNamedByAListComparedWeaklyOrByAStar(String header) {
        assertThat(EntityTag.isNamed(List.of(header), TAG)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "abc-_1",
                "\"abc\"",
                "\"x\"",
                "W/",
                "\"**\"",
                "\"*\"",
                "\"ABC-_1\"",
                "w/\"x\"",
                "\"x,abc-_1\"",
                "garbage\"abc-_1\"",
                "\"abc-_1\"garbage",
                "\"abc-_1\" garbage",
                "garbage, \"abc-_1\"",
                "\"abc-_1\", garbage",
                "\"abc-_1\" \"x\"",
                "\"x\" \"abc-_1\"",
                "w/\"abc-_1\"",
                "W/ \"abc-_1\"",
                "WW/\"abc-_1\"",
                "/\"abc-_1\"",
                "\"x, \"abc-_1\"",
                "\", \"abc-_1\"",
                "\"\u0100\",\"abc-_1\"",
                "\"abc-_1",
                "abc-_1\"",
                "\"a b\", \"abc-_1\"",
                "*, \"abc-_1\"",
                "\"abc-_1\", *",
                "**",
                "\"abc-_1\";q=1"
            })
    void isNotNamedByAnythingElse(String header) {
        assertThat(EntityTag.isNamed(List.of(header), TAG)).isFalse();
    }

    @Test
    void isNamedByAnyOfSeveralHeaders() {
        assertThat(EntityTag.isNamed(List.of("\"x\"", TAG), TAG)).isTrue();
        assertThat(EntityTag.isNamed(List.of(), TAG)).isFalse();
    }
}
