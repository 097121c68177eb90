package consumer;

import client.model.ExtensionRef;
import com.fasterxml.jackson.annotation.JsonCreator;

/** An id or, where expansion was asked for, an object. */
public sealed interface IdOrExtension {

    record Id(String value) implements IdOrExtension {}

    record Extension(ExtensionRef value) implements IdOrExtension {}

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static IdOrExtension of(String id) {
        return new Id(id);
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static IdOrExtension of(ExtensionRef object) {
        return new Extension(object);
    }
}
