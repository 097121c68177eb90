/** The service behind GET /pbx/group/{id}. */
@NullMarked
package dk.telecomx.pbx;

import org.jspecify.annotations.NullMarked;
