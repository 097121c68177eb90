/** What can go wrong, and the one body it is answered with. */
@org.jspecify.annotations.NullMarked
package dk.telecomx.pbx.error;
