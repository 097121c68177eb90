package dk.telecomx.pbx.authorization;

import dk.telecomx.pbx.authentication.Caller;
import dk.telecomx.pbx.customer.CustomerRepository;
import dk.telecomx.pbx.error.Failure;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * Enforces {@link AccessRules}: reads the reseller edge where the rules turn on it, counts every decision, records every refusal.
 *
 * <p>The edge is read anew for each decision. If it cannot be read the decision fails; it never passes.
 */
@Singleton
public class AccessPolicy {

    /**
     * Is told of each decision as it is made, allowed or denied, on the thread of the request. Owner (the group's customer) and its parent
     * reseller are null where there is none, or was not read.
     */
    public interface Listener {
        void decided(Decision decision, Caller caller, @Nullable ObjectId owner, @Nullable ObjectId parentReseller);
    }

    private final CustomerRepository customers;
    private final Map<Decision, Counter> decisions = new EnumMap<>(Decision.class);
    private final List<Listener> listeners;

    AccessPolicy(CustomerRepository customers, MeterRegistry metrics, @All List<Listener> listeners) {
        this.customers = customers;
        this.listeners = listeners;
        for (Decision decision : Decision.values()) {
            decisions.put(
                    decision,
                    Counter.builder("pbx.access.decisions")
                            .description("Authorization decisions by outcome and by the rule that gave it")
                            .tag("outcome", decision.allowed() ? "allowed" : "denied")
                            .tag("rule", decision.rule())
                            .register(metrics));
        }
    }

    /** Refuses a caller whose levels can never read a group, before anything is read for it. */
    public void requireReadingLevel(Caller caller, ObjectId group) {
        if (!AccessRules.canEverRead(caller)) {
            enforce(caller, group, null, null);
        }
    }

    /** Lets the caller pass, or fails with {@link Failure#accessDenied}; the owner is the customer that the group belongs to. */
    public Uni<Void> authorize(Caller caller, ObjectId group, @Nullable ObjectId owner) {
        if (owner != null && AccessRules.needsParentReseller(caller, owner)) {
            return customers
                    .parentReseller(owner)
                    .invoke(parent -> enforce(caller, group, owner, parent.orElse(null)))
                    .replaceWithVoid();
        }
        enforce(caller, group, owner, null);
        return Uni.createFrom().voidItem();
    }

    private void enforce(Caller caller, ObjectId group, @Nullable ObjectId owner, @Nullable ObjectId parentReseller) {
        Decision decision = AccessRules.decide(caller, owner, parentReseller);
        Objects.requireNonNull(decisions.get(decision)).increment();
        listeners.forEach(listener -> listener.decided(decision, caller, owner, parentReseller));
        if (!decision.allowed()) {
            AuditLog.refused(decision, caller, group, owner);
            throw Failure.accessDenied(decision.rule());
        }
    }
}
