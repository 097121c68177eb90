/** Reads by id that are asked together. Knows no domain; the repositories stand on it. */
@NullMarked
package dk.telecomx.pbx.batching;

import org.jspecify.annotations.NullMarked;
