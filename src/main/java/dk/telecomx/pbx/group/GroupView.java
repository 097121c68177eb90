package dk.telecomx.pbx.group;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonProperty;
import dk.telecomx.pbx.dialplan.DialplanItem;
import dk.telecomx.pbx.error.Failure;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * What is published of a group: every key always present, in the contract's order (section 3), null where not used.
 *
 * @param type always {@code GROUP}
 * @param startAudio an audio item that callers hear first
 * @param members the extensions that ring together
 * @param controllers the extensions that hold rights over the members: the flags from {@code pickup} to {@code writePhonebook}
 * @param strategy how a call is distributed to the members: {@code ALL}, {@code SEQUENTIAL} or {@code RANDOM}
 * @param ringTime seconds; 0 rings forever
 * @param timeoutGoto the item the call goes to when nobody answers
 */
@RegisterForReflection
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
        boolean pickup,
        boolean steal,
        boolean spy,
        boolean setPresence,
        boolean queueMember,
        boolean viewOtherParty,
        boolean sms,
        boolean readCalendar,
        boolean writeCalendar,
        boolean readPhonebook,
        boolean writePhonebook,
        String strategy,
        long ringTime,
        @Nullable Reference timeoutGoto) {

    private static final Set<String> STRATEGIES = Set.of("ALL", "SEQUENTIAL", "RANDOM");

    /**
     * The view of a stored group; fails with {@link Failure#unreadable}, which names a field of another type than the contract's
     * (section 3).
     *
     * @param member how members and controllers are shown
     * @param target how the goto is shown
     */
    static GroupView of(
            DialplanItem group, Function<ObjectId, Reference> member, Function<ObjectId, Reference> target) {
        ObjectId timeoutGoto = group.objectId("timeoutGoto");
        return new GroupView(
                group.id().toHexString(),
                "GROUP",
                hex(group.customer()),
                group.string("name"),
                group.string("number"),
                hex(group.objectId("startAudio")),
                group.string("redirect"),
                group.string("notes"),
                group.objectIds("members").stream().map(member).toList(),
                group.objectIds("controllers").stream().map(member).toList(),
                group.isTrue("pickup"),
                group.isTrue("steal"),
                group.isTrue("spy"),
                group.isTrue("setPresence"),
                group.isTrue("queueMember"),
                group.isTrue("viewOtherParty"),
                group.isTrue("sms"),
                group.isTrue("readCalendar"),
                group.isTrue("writeCalendar"),
                group.isTrue("readPhonebook"),
                group.isTrue("writePhonebook"),
                strategy(group),
                group.wholeNumber("ringTime"),
                timeoutGoto == null ? null : target.apply(timeoutGoto));
    }

    private static String strategy(DialplanItem group) {
        String strategy = requireNonNullElse(group.string("strategy"), "ALL");
        if (!STRATEGIES.contains(strategy)) {
            throw Failure.unreadable("group " + group.id(), "field strategy");
        }
        return strategy;
    }

    private static @Nullable String hex(@Nullable ObjectId id) {
        return id == null ? null : id.toHexString();
    }
}
