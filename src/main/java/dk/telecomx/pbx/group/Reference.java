package dk.telecomx.pbx.group;

import com.fasterxml.jackson.annotation.JsonValue;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.bson.types.ObjectId;

/** Another item that a group names: by its id, or expanded (contract, section 3). */
@RegisterForReflection
sealed interface Reference permits Reference.Id, ExtensionRef, GotoRef {

    /** A reference as it is stored: 24 lower-case hex characters. */
    @RegisterForReflection
    record Id(@JsonValue String id) implements Reference {
        static Id of(ObjectId id) {
            return new Id(id.toHexString());
        }
    }
}
