package dk.telecomx.pbx.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dk.telecomx.pbx.Fixtures;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CallerClaimsTest {

    private static final String ACME = Fixtures.ACME.toHexString();

    static Stream<Arguments> groups() {
        return Stream.of(
                arguments("a list of one", List.of("VIEWER"), Set.of(AccessLevel.VIEWER)),
                arguments("several", List.of("VIEWER", "ADMIN"), Set.of(AccessLevel.VIEWER, AccessLevel.ADMIN)),
                arguments("an unknown name", List.of("ROOT"), Set.of()),
                arguments("lower case", List.of("admin"), Set.of()),
                arguments("a blank around it", List.of(" ADMIN"), Set.of()),
                arguments("two names in one string of the list", List.of("VIEWER ADMIN"), Set.of()),
                arguments(
                        "strings among others",
                        Arrays.asList(5, "OWNER", null, Map.of(), List.of("ADMIN")),
                        Set.of(AccessLevel.OWNER)),
                arguments("an empty list", List.of(), Set.of()),
                arguments("a string", "ADMIN", Set.of()),
                arguments("a string of two names", "VIEWER ADMIN", Set.of()),
                arguments("a number", 5, Set.of()),
                arguments("an object", Map.of("ADMIN", true), Set.of()),
                arguments("null", null, Set.of()));
    }

    @ParameterizedTest(name = "groups: {0}")
    @MethodSource("groups")
    void readsLevelsOfAListOfStringsAlone(String what, @Nullable Object groups, Set<AccessLevel> levels) {
        assertThat(Caller.fromClaims(claims("groups", groups), "").levels()).isEqualTo(levels);
    }

    static Stream<Arguments> oddIds() {
        return Stream.of(
                arguments("null", null),
                arguments("a number", 5),
                arguments("a list", List.of(ACME)),
                arguments("an object", Map.of("$oid", ACME)),
                arguments("a boolean", true),
                arguments("empty", ""),
                arguments("too short", ACME.substring(1)),
                arguments("too long", ACME + "0"),
                arguments("no hex", "g" + ACME.substring(1)),
                arguments("blanks around it", " " + ACME));
    }

    @ParameterizedTest(name = "customer: {0}")
    @MethodSource("oddIds")
    void takesAnOddCustomerForNone(String what, @Nullable Object odd) {
        Caller caller = Caller.fromClaims(claims("customer", odd), "");

        assertThat(caller.customer()).isNull();
        assertThat(caller.reseller()).isNull();
    }

    @ParameterizedTest(name = "reseller: {0}")
    @MethodSource("oddIds")
    void takesAnOddResellerForNoneAndNotForTheCustomer(String what, @Nullable Object odd) {
        Map<String, @Nullable Object> claims = claims("customer", ACME);
        claims.put("reseller", odd);

        assertThat(Caller.fromClaims(claims, "")).isEqualTo(new Caller(Set.of(), Fixtures.ACME, null, ""));
    }

    @Test
    void takesTheCustomerForTheResellerWhereThatIsAbsent() {
        assertThat(Caller.fromClaims(claims("customer", ACME), ""))
                .isEqualTo(new Caller(Set.of(), Fixtures.ACME, Fixtures.ACME, ""));
    }

    @Test
    void takesTheResellerWhereThereIsOne() {
        Map<String, @Nullable Object> claims = claims("customer", ACME);
        claims.put("reseller", Fixtures.NORDIC.toHexString());

        assertThat(Caller.fromClaims(claims, "")).isEqualTo(new Caller(Set.of(), Fixtures.ACME, Fixtures.NORDIC, ""));
    }

    @Test
    void readsUpperCaseAsTheSameId() {
        assertThat(Caller.fromClaims(claims("customer", ACME.toUpperCase(Locale.ROOT)), "")
                        .customer())
                .isEqualTo(Fixtures.ACME);
    }

    @Test
    void grantsNothingToNoClaims() {
        assertThat(Caller.fromClaims(Map.of(), "")).isEqualTo(new Caller(Set.of(), null, null, ""));
    }

    private static Map<String, @Nullable Object> claims(String name, @Nullable Object value) {
        Map<String, @Nullable Object> claims = new HashMap<>();
        claims.put(name, value);
        return claims;
    }
}
