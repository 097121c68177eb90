package dk.telecomx.pbx.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import dk.telecomx.pbx.authentication.AccessLevel;
import dk.telecomx.pbx.authentication.Caller;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/** Whatever the claims, they give the access that the contract's table gives (section 4), and no other. The table is told anew here, on strings. */
class AccessPropertiesTest {

    private static final List<String> IDS =
            List.of("5f00000000000000000000a1", "5f00000000000000000000a2", "5f00000000000000000000b1");

    @Property(tries = 5000)
    void claimsGiveWhatTheTableGives(
            @ForAll("claims") Map<String, @Nullable Object> claims,
            @ForAll("stored") @Nullable String owner,
            @ForAll("stored") @Nullable String parent) {
        ObjectId ownerId = owner == null ? null : new ObjectId(owner);
        ObjectId parentId = owner == null || parent == null ? null : new ObjectId(parent);
        Caller caller = Caller.fromClaims(claims, "");

        boolean expected = mayRead(claims, owner, owner == null ? null : parent);
        assertThat(AccessRules.decide(caller, ownerId, parentId).allowed())
                .as("%s on a group of %s, child of %s", claims, owner, parent)
                .isEqualTo(expected);
        if (!AccessRules.needsParentReseller(caller, ownerId)) {
            assertThat(AccessRules.decide(caller, ownerId, null).allowed())
                    .as("decided without the edge: %s on a group of %s, child of %s", claims, owner, parent)
                    .isEqualTo(expected);
        }
        if (!AccessRules.canEverRead(caller)) {
            assertThat(expected).isFalse();
            assertThat(AccessRules.decide(caller, ownerId, parentId)).isEqualTo(Decision.LEVEL);
        }
    }

    /** Without the edge nobody passes who would not pass with any edge. */
    @Property(tries = 2000)
    void anUnknownEdgeGivesNothing(
            @ForAll("claims") Map<String, @Nullable Object> claims, @ForAll("stored") @Nullable String owner) {
        ObjectId ownerId = owner == null ? null : new ObjectId(owner);
        if (AccessRules.decide(Caller.fromClaims(claims, ""), ownerId, null).allowed()) {
            assertThat(mayRead(claims, owner, null)).isTrue();
        }
    }

    private static boolean mayRead(
            Map<String, @Nullable Object> claims, @Nullable String owner, @Nullable String parent) {
        List<?> levels = claims.get("groups") instanceof List<?> list ? list : List.of();
        if (levels.contains("ADMIN")) {
            return true;
        }
        String customer = id(claims.get("customer"));
        String reseller = claims.containsKey("reseller") ? id(claims.get("reseller")) : customer;
        boolean ofItsCustomer = levels.contains("VIEWER") || levels.contains("MANAGER") || levels.contains("OWNER");
        return (ofItsCustomer && owner != null && owner.equals(customer))
                || (levels.contains("RESELLER")
                        && owner != null
                        && reseller != null
                        && (reseller.equals(owner) || reseller.equals(parent)));
    }

    private static @Nullable String id(@Nullable Object claim) {
        return claim instanceof String text && text.matches("[0-9a-fA-F]{24}") ? text.toLowerCase(Locale.ROOT) : null;
    }

    @Provide
    Arbitrary<@Nullable String> stored() {
        return Arbitraries.of(IDS).injectNull(0.2);
    }

    @Provide
    Arbitrary<Map<String, @Nullable Object>> claims() {
        Arbitrary<Object> level = Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.of(AccessLevel.values()).map(AccessLevel::name)),
                Tuple.of(2, Arbitraries.of("viewer", "Admin", " ADMIN", "ADMIN ", "VIEWER ADMIN", "", "ROOT")),
                Tuple.of(1, Arbitraries.of(5, true, List.of("ADMIN"), Map.of("ADMIN", "ADMIN"))));
        Arbitrary<Object> groups = Arbitraries.frequencyOf(
                Tuple.of(8, level.list().ofMaxSize(3)),
                Tuple.of(1, Arbitraries.of("ADMIN", "VIEWER ADMIN", 5, true, Map.of("roles", List.of("ADMIN")))));
        Arbitrary<Object> id = Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.of(IDS)),
                Tuple.of(1, Arbitraries.of(IDS).map(text -> text.toUpperCase(Locale.ROOT))),
                Tuple.of(
                        1,
                        Arbitraries.of(
                                "",
                                "null",
                                5,
                                true,
                                List.of(IDS.get(0)),
                                IDS.get(0) + " ",
                                "٣" + IDS.get(0).substring(1))));
        return Arbitraries.of("groups", "customer", "reseller", "roleMappings", "role", "roles")
                .set()
                .flatMap(names -> groups.injectNull(0.05).flatMap(levels -> id.injectNull(0.1)
                        .list()
                        .ofSize(2)
                        .map(ids -> claims(names, levels, Arrays.asList(ids.get(0), ids.get(1))))));
    }

    private static Map<String, @Nullable Object> claims(
            java.util.Set<String> names, @Nullable Object levels, List<@Nullable Object> ids) {
        Map<String, @Nullable Object> claims = new HashMap<>();
        for (String name : names) {
            claims.put(
                    name,
                    switch (name) {
                        case "customer" -> ids.get(0);
                        case "reseller" -> ids.get(1);
                        case "groups" -> levels;
                        default -> Map.of("ADMIN", "ADMIN");
                    });
        }
        return claims;
    }
}
