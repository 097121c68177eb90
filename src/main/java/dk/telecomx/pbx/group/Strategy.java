package dk.telecomx.pbx.group;

/** How a group distributes a call to its members. */
enum Strategy {
    ALL,
    SEQUENTIAL,
    RANDOM
}
