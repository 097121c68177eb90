/** The items that groups refer to: extensions and the targets of a goto. */
@NullMarked
package dk.telecomx.pbx.dialplan;

import org.jspecify.annotations.NullMarked;
