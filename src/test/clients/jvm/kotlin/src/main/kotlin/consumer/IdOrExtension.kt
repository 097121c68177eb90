package consumer

import client.model.ExtensionRef
import com.fasterxml.jackson.annotation.JsonCreator

/** An id or, where expansion was asked for, an object. */
sealed interface IdOrExtension {
    data class Id(val value: String) : IdOrExtension

    data class Extension(val value: ExtensionRef) : IdOrExtension

    companion object {
        @JvmStatic
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        fun of(id: String): IdOrExtension = Id(id)

        @JvmStatic
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        fun of(value: ExtensionRef): IdOrExtension = Extension(value)
    }
}
