/** Reads by id that are asked together. Knows no domain; the repositories stand on it. */
@org.jspecify.annotations.NullMarked
package dk.telecomx.pbx.batching;
