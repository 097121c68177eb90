package dk.telecomx.pbx.authorization;

import static dk.telecomx.pbx.authentication.AccessLevel.ADMIN;
import static dk.telecomx.pbx.authentication.AccessLevel.MANAGER;
import static dk.telecomx.pbx.authentication.AccessLevel.NO_LOGIN;
import static dk.telecomx.pbx.authentication.AccessLevel.OWNER;
import static dk.telecomx.pbx.authentication.AccessLevel.PERSONAL;
import static dk.telecomx.pbx.authentication.AccessLevel.RESELLER;
import static dk.telecomx.pbx.authentication.AccessLevel.RESELLER_ADMIN;
import static dk.telecomx.pbx.authentication.AccessLevel.VIEWER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dk.telecomx.pbx.Fixtures;
import dk.telecomx.pbx.authentication.AccessLevel;
import dk.telecomx.pbx.authentication.Caller;
import java.util.Set;
import java.util.stream.Stream;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class AccessRulesTest {

    private static final @Nullable ObjectId NONE = null;

    static Stream<Arguments> decisions() {
        return Stream.of(
                row(
                        "a viewer reads its own customer's",
                        Set.of(VIEWER),
                        Fixtures.ACME,
                        NONE,
                        Fixtures.ACME,
                        Fixtures.NORDIC,
                        Decision.OWN_CUSTOMER),
                row(
                        "a manager reads its own customer's",
                        Set.of(MANAGER),
                        Fixtures.ACME,
                        NONE,
                        Fixtures.ACME,
                        NONE,
                        Decision.OWN_CUSTOMER),
                row(
                        "an owner reads its own customer's",
                        Set.of(OWNER),
                        Fixtures.ACME,
                        NONE,
                        Fixtures.ACME,
                        NONE,
                        Decision.OWN_CUSTOMER),
                row(
                        "a viewer reads no other's",
                        Set.of(VIEWER),
                        Fixtures.ACME,
                        Fixtures.NORDIC,
                        Fixtures.BAKER,
                        Fixtures.NORDIC,
                        Decision.FOREIGN),
                row(
                        "a reseller reads its customers'",
                        Set.of(RESELLER),
                        Fixtures.NORDIC,
                        Fixtures.NORDIC,
                        Fixtures.ACME,
                        Fixtures.NORDIC,
                        Decision.RESELLER),
                row(
                        "a reseller reads its own",
                        Set.of(RESELLER),
                        Fixtures.NORDIC,
                        Fixtures.NORDIC,
                        Fixtures.NORDIC,
                        NONE,
                        Decision.RESELLER),
                row(
                        "a reseller reads no other reseller's",
                        Set.of(RESELLER),
                        Fixtures.NORDIC,
                        Fixtures.NORDIC,
                        Fixtures.GDANSK,
                        Fixtures.BALTIC,
                        Decision.FOREIGN),
                row(
                        "a reseller reads no sub-reseller's customer's",
                        Set.of(RESELLER),
                        Fixtures.NORDIC,
                        Fixtures.NORDIC,
                        Fixtures.FERRY,
                        Fixtures.FJORD,
                        Decision.FOREIGN),
                row(
                        "no reseller is nobody's parent",
                        Set.of(RESELLER),
                        Fixtures.ACME,
                        NONE,
                        Fixtures.NORDIC,
                        NONE,
                        Decision.FOREIGN),
                row(
                        "a reseller's customer alone counts for nothing",
                        Set.of(RESELLER),
                        Fixtures.ACME,
                        NONE,
                        Fixtures.ACME,
                        Fixtures.NORDIC,
                        Decision.FOREIGN),
                row("no customer is nobody's", Set.of(VIEWER), NONE, NONE, NONE, NONE, Decision.FOREIGN),
                row("no reseller owns nobody's", Set.of(RESELLER), NONE, NONE, NONE, NONE, Decision.FOREIGN),
                row("an admin reads nobody's", Set.of(ADMIN), NONE, NONE, NONE, NONE, Decision.ADMIN),
                row(
                        "a reseller admin reads nothing",
                        Set.of(RESELLER_ADMIN),
                        Fixtures.ACME,
                        Fixtures.NORDIC,
                        Fixtures.ACME,
                        Fixtures.NORDIC,
                        Decision.LEVEL),
                row(
                        "a person reads nothing",
                        Set.of(PERSONAL),
                        Fixtures.ACME,
                        Fixtures.NORDIC,
                        Fixtures.ACME,
                        Fixtures.NORDIC,
                        Decision.LEVEL),
                row(
                        "who may not log in reads nothing",
                        Set.of(NO_LOGIN),
                        Fixtures.ACME,
                        Fixtures.NORDIC,
                        Fixtures.ACME,
                        Fixtures.NORDIC,
                        Decision.LEVEL),
                row(
                        "no level reads nothing",
                        Set.of(),
                        Fixtures.ACME,
                        Fixtures.NORDIC,
                        Fixtures.ACME,
                        Fixtures.NORDIC,
                        Decision.LEVEL),
                row(
                        "any of several levels will do",
                        Set.of(PERSONAL, VIEWER, RESELLER),
                        Fixtures.ACME,
                        Fixtures.NORDIC,
                        Fixtures.BAKER,
                        Fixtures.NORDIC,
                        Decision.RESELLER),
                row(
                        "a level that cannot spoils none that can",
                        Set.of(NO_LOGIN, ADMIN),
                        NONE,
                        NONE,
                        Fixtures.ACME,
                        NONE,
                        Decision.ADMIN));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("decisions")
    void decides(String rule, Caller caller, @Nullable ObjectId owner, @Nullable ObjectId parent, Decision expected) {
        assertThat(AccessRules.decide(caller, owner, parent)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("decisions")
    void readsTheEdgeWhereverItMayChangeTheDecision(
            String rule, Caller caller, @Nullable ObjectId owner, @Nullable ObjectId parent, Decision expected) {
        boolean changes = expected != AccessRules.decide(caller, owner, NONE);
        if (changes) {
            assertThat(AccessRules.needsParentReseller(caller, owner)).isTrue();
        }
        if (AccessRules.decide(caller, owner, NONE).allowed()) {
            assertThat(AccessRules.needsParentReseller(caller, owner)).isFalse();
        }
    }

    @Test
    void readsNoEdgeOfAGroupThatIsNobodys() {
        Caller reseller = new Caller(Set.of(RESELLER), Fixtures.NORDIC, Fixtures.NORDIC, "");

        assertThat(AccessRules.needsParentReseller(reseller, NONE)).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void knowsTheLevelsThatCanEverRead(AccessLevel level) {
        boolean reads = Set.of(VIEWER, MANAGER, OWNER, RESELLER, ADMIN).contains(level);

        assertThat(AccessRules.canEverRead(new Caller(Set.of(level), Fixtures.ACME, Fixtures.NORDIC, "")))
                .isEqualTo(reads);
    }

    private static Arguments row(
            String rule,
            Set<AccessLevel> levels,
            @Nullable ObjectId customer,
            @Nullable ObjectId reseller,
            @Nullable ObjectId owner,
            @Nullable ObjectId parent,
            Decision expected) {
        return arguments(rule, new Caller(levels, customer, reseller, ""), owner, parent, expected);
    }
}
