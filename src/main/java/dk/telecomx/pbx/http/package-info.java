/** What every answer carries, whichever part of the service gave it. */
@org.jspecify.annotations.NullMarked
package dk.telecomx.pbx.http;
