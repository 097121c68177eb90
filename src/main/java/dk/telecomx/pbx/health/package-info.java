/** What operators see: whether the service is ready, and the metrics of the process as a whole. */
@org.jspecify.annotations.NullMarked
package dk.telecomx.pbx.health;
