/** Tests of the service as a whole, and the fixtures that all tests share. */
@org.jspecify.annotations.NullMarked
package dk.telecomx.pbx;
