/** What every answer carries, whichever part of the service gave it. */
@NullMarked
package dk.telecomx.pbx.http;

import org.jspecify.annotations.NullMarked;
