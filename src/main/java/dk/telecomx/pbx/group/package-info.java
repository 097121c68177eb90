/** GET /pbx/group/{id}, from the HTTP request to the published JSON. */
@NullMarked
package dk.telecomx.pbx.group;

import org.jspecify.annotations.NullMarked;
