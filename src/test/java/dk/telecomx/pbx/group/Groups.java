package dk.telecomx.pbx.group;

import java.util.List;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/** Groups of which a test wants to see the references alone. */
final class Groups {

    private static final Rights NONE =
            new Rights(false, false, false, false, false, false, false, false, false, false, false);

    private Groups() {}

    static Group of(
            ObjectId id,
            @Nullable ObjectId customer,
            List<ObjectId> members,
            List<ObjectId> controllers,
            @Nullable ObjectId target) {
        return new Group(
                id, customer, null, null, null, null, null, members, controllers, NONE, Strategy.ALL, 0, target);
    }
}
