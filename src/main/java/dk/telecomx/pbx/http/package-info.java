/** Which request goes where, how many at a time, and what every answer carries. */
@org.jspecify.annotations.NullMarked
package dk.telecomx.pbx.http;
