/** What operators see: whether the service is ready, and the metrics of the process as a whole. */
@NullMarked
package dk.telecomx.pbx.health;

import org.jspecify.annotations.NullMarked;
