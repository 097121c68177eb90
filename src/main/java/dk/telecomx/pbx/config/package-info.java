/** What must be right before the service starts. */
@NullMarked
package dk.telecomx.pbx.config;

import org.jspecify.annotations.NullMarked;
