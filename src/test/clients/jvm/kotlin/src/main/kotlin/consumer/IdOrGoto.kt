package consumer

import client.model.GotoRef
import com.fasterxml.jackson.annotation.JsonCreator

/** An id or, where expansion was asked for, an object. */
sealed interface IdOrGoto {
    data class Id(val value: String) : IdOrGoto

    data class Goto(val value: GotoRef) : IdOrGoto

    companion object {
        @JvmStatic
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        fun of(id: String): IdOrGoto = Id(id)

        @JvmStatic
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        fun of(value: GotoRef): IdOrGoto = Goto(value)
    }
}
