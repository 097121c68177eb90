/** Whether the service is ready, for those who route requests to it. */
@NullMarked
package dk.telecomx.pbx.health;

import org.jspecify.annotations.NullMarked;
