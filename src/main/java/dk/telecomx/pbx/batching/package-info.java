/** Joins lookups by key that arrive together into one query. Knows no domain; the repositories stand on it. */
@org.jspecify.annotations.NullMarked
package dk.telecomx.pbx.batching;
