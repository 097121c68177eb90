package dk.telecomx.pbx.group;

import com.fasterxml.jackson.annotation.JsonProperty;
import dk.telecomx.pbx.dialplan.DialplanItem;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/** A member or controller, expanded. One that resolves to nothing has neither number nor name. */
@RegisterForReflection
record ExtensionRef(
        @JsonProperty("_id") String id,
        @Nullable String number,
        @Nullable String name) implements Reference {

    static ExtensionRef of(ObjectId id, @Nullable DialplanItem extension) {
        return extension == null
                ? new ExtensionRef(id.toHexString(), null, null)
                : new ExtensionRef(id.toHexString(), extension.number(), extension.name());
    }
}
