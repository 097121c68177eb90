/** The packaged service among faults: a database that goes away, clients that are too many, slow or hostile, keys that rotate. */
@org.jspecify.annotations.NullMarked
package dk.telecomx.pbx.faults;
