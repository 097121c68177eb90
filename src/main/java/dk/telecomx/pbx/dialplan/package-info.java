/** The items of the dialplan: groups, and what they refer to, which is extensions and the targets of a goto. */
@org.jspecify.annotations.NullMarked
package dk.telecomx.pbx.dialplan;
