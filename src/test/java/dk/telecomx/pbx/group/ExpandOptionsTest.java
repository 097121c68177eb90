package dk.telecomx.pbx.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.telecomx.pbx.error.Failure;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpandOptionsTest {

    @ParameterizedTest
    @CsvSource({
        "expandExtension=true, true, false",
        "expandExtension=TRUE, true, false",
        "expandExtension=tRuE, true, false",
        "expandExtension=false, false, false",
        "expandExtension=False, false, false",
        "expandGoto=true, false, true",
        "expandGoto=true&expandExtension=true, true, true",
        "expandGoto=false&expandExtension=true, true, false",
        "a=b&expandGoto=true&c, false, true",
        "%65xpandGoto=t%72ue, false, true",
        "ExpandGoto=true, false, false",
        "expandgoto=true, false, false",
        "xexpandGoto=true&expandGotox=maybe, false, false",
        "expandGoto[]=true, false, false",
        "%zz=1&x=%zz, false, false",
        "&&, false, false",
        "x=a;expandGoto=true, false, false",
    })
    void readsTheFlags(String query, boolean extensions, boolean target) {
        assertThat(ExpandOptions.parse(query)).isEqualTo(new ExpandOptions(extensions, target));
    }

    @ParameterizedTest
    @NullAndEmptySource
    void wantsNothingWithoutAQuery(@Nullable String query) {
        assertThat(ExpandOptions.parse(query)).isEqualTo(new ExpandOptions(false, false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "=",
                "=1",
                "=0",
                "=yes",
                "=on",
                "=null",
                "=true%20",
                "=+true",
                "=%20",
                "=%zz",
                "=true&NAME=true",
                "=true&NAME=false",
                "=false&NAME",
                "=true;x",
                "=true,true",
                "=%74%72%75%65%00",
                "=ｔｒｕｅ",
                "=true=true"
            })
    void refusesWhatIsNeitherTrueNorFalseAndNamesTheParameter(String odd) {
        for (String name : new String[] {"expandExtension", "expandGoto"}) {
            assertThatThrownBy(() -> ExpandOptions.parse(name + odd.replace("NAME", name)))
                    .isInstanceOfSatisfying(
                            Failure.class, bad -> assertThat(bad.status()).isEqualTo(400))
                    .hasMessageContaining(name);
        }
    }

    @Test
    void readsWhatComesAfterThousandsOfParameters() {
        assertThat(ExpandOptions.parse("x=1&".repeat(5_000) + "expandGoto=true"))
                .isEqualTo(new ExpandOptions(false, true));
    }
}
