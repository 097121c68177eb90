package dk.telecomx.pbx.group;

import dk.telecomx.pbx.dialplan.DialplanItem;
import dk.telecomx.pbx.dialplan.DialplanRepository;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import org.bson.types.ObjectId;

/**
 * Replaces references by what they refer to: one lookup per kind, however many ids, both at the same time. Only items of the group's own
 * customer are found; any other id looks like a missing one.
 */
@Singleton
class Expansion {

    private final DialplanRepository items;

    Expansion(DialplanRepository items) {
        this.items = items;
    }

    Uni<GroupView> expand(DialplanItem group, ExpandOptions options) {
        if (options.none()) {
            return Uni.createFrom().item(GroupView.of(group, Reference.Id::of, Reference.Id::of));
        }
        return Uni.combine()
                .all()
                .unis(extensions(group, options), target(group, options))
                .with((member, target) -> GroupView.of(group, member, target));
    }

    private Uni<Function<ObjectId, Reference>> extensions(DialplanItem group, ExpandOptions options) {
        if (!options.extensions()) {
            return asStored();
        }
        Set<ObjectId> ids = new HashSet<>(group.objectIds("members"));
        ids.addAll(group.objectIds("controllers"));
        if (ids.isEmpty()) {
            return asStored();
        }
        return items.extensions(group.customer(), ids).map(found -> id -> Reference.Extension.of(id, found.get(id)));
    }

    private Uni<Function<ObjectId, Reference>> target(DialplanItem group, ExpandOptions options) {
        ObjectId target = group.objectId("timeoutGoto");
        if (!options.timeoutGoto() || target == null) {
            return asStored();
        }
        return items.items(group.customer(), Set.of(target)).map(found -> id -> Reference.Goto.of(id, found.get(id)));
    }

    private static Uni<Function<ObjectId, Reference>> asStored() {
        return Uni.createFrom().item(Reference.Id::of);
    }
}
