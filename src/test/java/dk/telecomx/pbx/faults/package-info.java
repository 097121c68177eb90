/** The packaged service among faults: a database that goes away, clients that are too many, slow or hostile, keys that rotate. */
@NullMarked
package dk.telecomx.pbx.faults;

import org.jspecify.annotations.NullMarked;
