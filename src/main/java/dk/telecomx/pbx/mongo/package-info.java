/** What MongoDB needs and Panache does not give. */
@NullMarked
package dk.telecomx.pbx.mongo;

import org.jspecify.annotations.NullMarked;
