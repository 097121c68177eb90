package dk.telecomx.pbx.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.telecomx.pbx.error.Failure;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.WithNull;
import org.jspecify.annotations.Nullable;

/** Whatever the query, it says which flags are meant, or is a bad request (contract, section 2). */
class RequestPropertiesTest {

    /** A parameter as it is sent, and what it says. */
    private record Sent(String text, String name, String value) {}

    @Property(tries = 1000)
    void anyQueryIsFlagsOrABadRequest(@ForAll @WithNull(0.05) @Nullable String query) {
        try {
            assertThat(ExpandOptions.parse(query)).isNotNull();
        } catch (Failure bad) {
            assertThat(bad.status()).isEqualTo(400);
            assertThat(bad).hasMessageContaining("expand");
        }
    }

    @Property(tries = 2000)
    void aFlagCountsWhereItIsThereOnceAndIsABoolean(@ForAll("parameters") List<Sent> parameters) {
        String query = parameters.stream().map(Sent::text).collect(Collectors.joining("&"));
        if (isGood(parameters, "expandExtension") && isGood(parameters, "expandGoto")) {
            assertThat(ExpandOptions.parse(query))
                    .as(query)
                    .isEqualTo(
                            new ExpandOptions(isTrue(parameters, "expandExtension"), isTrue(parameters, "expandGoto")));
        } else {
            String wrong = isGood(parameters, "expandExtension") ? "expandGoto" : "expandExtension";
            assertThatThrownBy(() -> ExpandOptions.parse(query))
                    .as(query)
                    .isInstanceOfSatisfying(
                            Failure.class, bad -> assertThat(bad.status()).isEqualTo(400))
                    .hasMessageStartingWith(wrong + " ");
        }
    }

    private static List<Sent> of(List<Sent> parameters, String name) {
        return parameters.stream().filter(sent -> sent.name().equals(name)).toList();
    }

    private static boolean isGood(List<Sent> parameters, String name) {
        List<Sent> found = of(parameters, name);
        return found.isEmpty()
                || (found.size() == 1
                        && List.of("true", "false")
                                .contains(found.get(0).value().toLowerCase(Locale.ROOT)));
    }

    private static boolean isTrue(List<Sent> parameters, String name) {
        List<Sent> found = of(parameters, name);
        return !found.isEmpty() && found.get(0).value().equalsIgnoreCase("true");
    }

    @Provide
    Arbitrary<List<Sent>> parameters() {
        Arbitrary<Sent> good = Arbitraries.of(
                new Sent("expandExtension=true", "expandExtension", "true"),
                new Sent("expandGoto=true", "expandGoto", "true"),
                new Sent("expandGoto=FALSE", "expandGoto", "FALSE"),
                new Sent("%65xpandGoto=%74rue", "expandGoto", "true"),
                new Sent("expand%47oto=t%72ue", "expandGoto", "true"));
        Arbitrary<Sent> bad = Arbitraries.of(
                new Sent("expandExtension", "expandExtension", ""),
                new Sent("expandExtension=", "expandExtension", ""),
                new Sent("expandGoto=1", "expandGoto", "1"),
                new Sent("expandGoto=true%", "expandGoto", "true%"),
                new Sent("expandExtension=true=true", "expandExtension", "true=true"),
                new Sent("expandExtension=true;expandGoto=true", "expandExtension", "true;expandGoto=true"),
                new Sent("expandExtension=+true", "expandExtension", " true"));
        Arbitrary<Sent> unknown = Arbitraries.of(
                        "",
                        "=",
                        "expandGoto[]=true",
                        "expandgoto=true",
                        "%=true",
                        "expandGoto%=true",
                        "x=expandGoto",
                        "expandGoto%00=true",
                        "+expandGoto=true")
                .map(text -> new Sent(text, "?", ""));
        return Arbitraries.frequencyOf(
                        net.jqwik.api.Tuple.of(6, good),
                        net.jqwik.api.Tuple.of(1, bad),
                        net.jqwik.api.Tuple.of(6, unknown))
                .list()
                .ofMaxSize(4);
    }
}
