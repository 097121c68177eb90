/** What must be right before the service starts. */
@org.jspecify.annotations.NullMarked
package dk.telecomx.pbx.config;
