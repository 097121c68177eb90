package dk.telecomx.pbx.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Tags are strong, quoted, and told apart; conditions name them as RFC 9110 says. */
class EntityTagPropertiesTest {

    @Property(tries = 300)
    void tagsAreOfTheBytesAlone(@ForAll byte[] one, @ForAll byte[] other) {
        assertThat(EntityTag.of(one)).matches("\"[A-Za-z0-9_-]{22}\"").isEqualTo(EntityTag.of(one.clone()));
        assertThat(EntityTag.of(one).equals(EntityTag.of(other))).isEqualTo(Arrays.equals(one, other));
    }

    @Property(tries = 300)
    void aTagIsFoundWhereverItIsListed(@ForAll byte[] bytes, @ForAll @Size(max = 3) List<Integer> others) {
        String tag = EntityTag.of(bytes);
        StringBuilder list = new StringBuilder();
        others.forEach(other -> list.append("\"x").append(other).append("\" , "));
        assertThat(EntityTag.isNamed(List.of(list + tag), tag)).isTrue();
        assertThat(EntityTag.isNamed(List.of(list + "W/" + tag + ", \"y\""), tag))
                .isTrue();
        assertThat(EntityTag.isNamed(List.of("\"y\"", list + tag), tag)).isTrue();
        assertThat(EntityTag.isNamed(List.of(list + "\"y\""), tag)).isFalse();
    }

    @Property(tries = 500)
    void anyHeaderIsReadWithoutFailing(@ForAll String header) {
        assertThat(EntityTag.isNamed(List.of(header), "\"0123456789abcdefghijkl\""))
                .isEqualTo(header.strip().equals("*"));
    }

    @Test
    void anyTagIsMeantByAStarAndNoneByNothing() {
        assertThat(EntityTag.isNamed(List.of(" * "), "\"a\"")).isTrue();
        assertThat(EntityTag.isNamed(List.of(), "\"a\"")).isFalse();
        assertThat(EntityTag.isNamed(List.of("a"), "\"a\"")).isFalse();
    }
}
