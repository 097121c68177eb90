package dk.telecomx.pbx.group;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * What is published of a group: every key always present, in the contract's order (section 3), null where not used.
 *
 * @param type always {@code GROUP}
 * @param ringTime seconds; 0 rings forever
 */
record GroupView(
        @JsonProperty("_id") String id,
        String type,
        @Nullable String customer,
        @Nullable String name,
        @Nullable String number,
        @Nullable String startAudio,
        @Nullable String redirect,
        @Nullable String notes,
        List<Reference> members,
        List<Reference> controllers,
        @JsonUnwrapped Rights rights,
        Strategy strategy,
        long ringTime,
        @Nullable Reference timeoutGoto) {

    /**
     * @param member how members and controllers are shown
     * @param target how the goto is shown
     */
    static GroupView of(Group group, Function<ObjectId, Reference> member, Function<ObjectId, Reference> target) {
        return new GroupView(
                group.id().toHexString(),
                "GROUP",
                hex(group.customer()),
                group.name(),
                group.number(),
                hex(group.startAudio()),
                group.redirect(),
                group.notes(),
                references(group.members(), member),
                references(group.controllers(), member),
                group.rights(),
                group.strategy(),
                group.ringTime(),
                group.timeoutGoto() == null ? null : target.apply(group.timeoutGoto()));
    }

    private static List<Reference> references(List<ObjectId> ids, Function<ObjectId, Reference> shown) {
        List<Reference> references = new ArrayList<>(ids.size());
        for (ObjectId id : ids) {
            references.add(shown.apply(id));
        }
        return references;
    }

    private static @Nullable String hex(@Nullable ObjectId id) {
        return id == null ? null : id.toHexString();
    }
}
