package dk.telecomx.pbx.group;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import dk.telecomx.pbx.dialplan.DialplanItem;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/** Another item that a group names: by its id, or expanded (contract, section 3). One that resolves to nothing has an id alone. */
@RegisterForReflection
sealed interface Reference {

    /** A reference as it is stored: 24 lower-case hex characters. */
    record Id(@JsonValue String id) implements Reference {

        static Id of(ObjectId id) {
            return new Id(id.toHexString());
        }
    }

    /** A member or controller, expanded. */
    record Extension(
            @JsonProperty("_id") String id,
            @Nullable String number,
            @Nullable String name) implements Reference {

        static Extension of(ObjectId id, @Nullable DialplanItem item) {
            return item == null
                    ? new Extension(id.toHexString(), null, null)
                    : new Extension(id.toHexString(), item.number(), item.name());
        }
    }

    /** Where a call goes when nobody answers, expanded. */
    record Goto(
            @JsonProperty("_id") String id,
            @Nullable String type,
            @Nullable String number,
            @Nullable String name) implements Reference {

        static Goto of(ObjectId id, @Nullable DialplanItem item) {
            return item == null
                    ? new Goto(id.toHexString(), null, null, null)
                    : new Goto(id.toHexString(), item.type(), item.number(), item.name());
        }
    }
}
