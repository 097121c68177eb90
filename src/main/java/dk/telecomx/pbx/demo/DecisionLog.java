package dk.telecomx.pbx.demo;

import dk.telecomx.pbx.authentication.AccessLevel;
import dk.telecomx.pbx.authentication.Caller;
import dk.telecomx.pbx.authorization.AccessPolicy;
import dk.telecomx.pbx.authorization.Decision;
import io.quarkus.arc.profile.IfBuildProfile;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bson.types.ObjectId;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/** The last decisions by the id of the request, in words: what the page shows under "why". */
@ApplicationScoped
@IfBuildProfile("dev")
class DecisionLog implements AccessPolicy.Listener {

    private static final int CAPACITY = 1000;

    private final Map<String, Object> customerNames = DemoData.customerNames();
    private final Map<String, JsonObject> decisions = new HashMap<>();
    private final Deque<String> order = new ArrayDeque<>();

    @Override
    public void decided(Decision decision, Caller caller, @Nullable ObjectId owner, @Nullable ObjectId parentReseller) {
        if (MDC.get("requestId") instanceof String requestId) {
            keep(requestId, inWords(decision, caller, owner, parentReseller));
        }
    }

    synchronized Optional<JsonObject> of(String requestId) {
        return Optional.ofNullable(decisions.get(requestId));
    }

    private synchronized void keep(String requestId, JsonObject decision) {
        if (decisions.put(requestId, decision) == null) {
            order.add(requestId);
        }
        if (order.size() > CAPACITY) {
            decisions.remove(order.remove());
        }
    }

    private JsonObject inWords(
            Decision decision, Caller caller, @Nullable ObjectId owner, @Nullable ObjectId parentReseller) {
        String edge = edge(decision, caller, owner);
        boolean asReseller = caller.is(AccessLevel.RESELLER) && decision != Decision.OWN_CUSTOMER;
        ObjectId own = asReseller ? caller.reseller() : caller.customer();
        String parent =
                decision == Decision.FOREIGN && asReseller && owner != null && own != null ? "none" : "not read";
        return new JsonObject()
                .put("rule", decision.rule())
                .put("allowed", decision.allowed())
                .put("because", because(decision, edge))
                .put("edge", edge)
                .put("levels", caller.levels().stream().map(Enum::name).collect(Collectors.joining(", ")))
                .put("callerIs", asReseller ? "reseller" : "customer")
                .put("caller", customer(own, "none"))
                .put("owner", customer(owner, decision == Decision.LEVEL ? "not read" : "none"))
                .put("parentReseller", customer(parentReseller, parent));
    }

    /** What the decision turned on: the caller's level, the group's customer or its parent reseller; null where nothing fits. */
    private static @Nullable String edge(Decision decision, Caller caller, @Nullable ObjectId owner) {
        return switch (decision) {
            case ADMIN, LEVEL -> "level";
            case OWN_CUSTOMER -> "owner";
            case RESELLER -> Objects.equals(owner, caller.reseller()) ? "owner" : "parentReseller";
            case FOREIGN -> null;
        };
    }

    private static String because(Decision decision, @Nullable String edge) {
        return switch (decision) {
            case ADMIN -> "An ADMIN may read every group.";
            case LEVEL -> "This level may never read a group, so nothing was looked up.";
            case OWN_CUSTOMER -> "The group belongs to the caller's own customer.";
            case RESELLER ->
                "owner".equals(edge)
                        ? "The group belongs to the caller's reseller itself."
                        : "The group belongs to a customer of the caller's reseller.";
            case FOREIGN ->
                "The group belongs to somebody else: neither the caller's customer nor a customer of its reseller.";
        };
    }

    private JsonObject customer(@Nullable ObjectId id, String otherwise) {
        return id == null
                ? new JsonObject().put("name", otherwise)
                : new JsonObject()
                        .put("id", id.toHexString())
                        .put("name", customerNames.getOrDefault(id.toHexString(), "a customer of your database"));
    }
}
