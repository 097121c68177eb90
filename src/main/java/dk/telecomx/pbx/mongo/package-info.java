/** What MongoDB needs and Panache does not give. */
@org.jspecify.annotations.NullMarked
package dk.telecomx.pbx.mongo;
