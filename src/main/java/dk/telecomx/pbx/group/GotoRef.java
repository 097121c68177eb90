package dk.telecomx.pbx.group;

import com.fasterxml.jackson.annotation.JsonProperty;
import dk.telecomx.pbx.dialplan.DialplanItem;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/** Where a call goes when nobody answers, expanded. One that resolves to nothing has an id alone. */
@RegisterForReflection
record GotoRef(
        @JsonProperty("_id") String id,
        @Nullable String type,
        @Nullable String number,
        @Nullable String name) implements Reference {

    static GotoRef of(ObjectId id, @Nullable DialplanItem item) {
        return item == null
                ? new GotoRef(id.toHexString(), null, null, null)
                : new GotoRef(id.toHexString(), item.type(), item.number(), item.name());
    }
}
