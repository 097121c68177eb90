package dk.telecomx.pbx.group;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** How a group distributes a call to its members. */
@RegisterForReflection
enum Strategy {
    ALL,
    SEQUENTIAL,
    RANDOM
}
