package consumer;

import client.model.GotoRef;
import com.fasterxml.jackson.annotation.JsonCreator;

/** An id or, where expansion was asked for, an object. */
public sealed interface IdOrGoto {

    record Id(String value) implements IdOrGoto {}

    record Goto(GotoRef value) implements IdOrGoto {}

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static IdOrGoto of(String id) {
        return new Id(id);
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static IdOrGoto of(GotoRef object) {
        return new Goto(object);
    }
}
