/** The items of the dialplan: groups, and what they refer to, which is extensions and the targets of a goto. */
@NullMarked
package dk.telecomx.pbx.dialplan;

import org.jspecify.annotations.NullMarked;
