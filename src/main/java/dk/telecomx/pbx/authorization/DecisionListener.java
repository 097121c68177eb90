package dk.telecomx.pbx.authorization;

import dk.telecomx.pbx.authentication.Caller;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/** Is told of each decision as it is made, allowed or denied. */
public interface DecisionListener {

    /**
     * Called on the thread of the request.
     *
     * @param owner the group's customer; null where it has none, or was not read
     * @param parentReseller the owner's parent reseller; null where it has none, or was not read
     */
    void decided(Decision decision, Caller caller, @Nullable ObjectId owner, @Nullable ObjectId parentReseller);
}
