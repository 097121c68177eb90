/** What can go wrong, and the one body it is answered with. */
@NullMarked
package dk.telecomx.pbx.error;

import org.jspecify.annotations.NullMarked;
