@NullMarked
package dk.telecomx.pbx.error;

import org.jspecify.annotations.NullMarked;
