/** Who is asking, and may they. */
@NullMarked
package dk.telecomx.pbx.access;

import org.jspecify.annotations.NullMarked;
