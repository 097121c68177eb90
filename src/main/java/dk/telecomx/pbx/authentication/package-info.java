/** Who is asking: from a bearer token to a {@link Caller}. */
@NullMarked
package dk.telecomx.pbx.authentication;

import org.jspecify.annotations.NullMarked;
