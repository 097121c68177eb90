/** Tests of the service as a whole, and the fixtures that all tests share. */
@NullMarked
package dk.telecomx.pbx;

import org.jspecify.annotations.NullMarked;
