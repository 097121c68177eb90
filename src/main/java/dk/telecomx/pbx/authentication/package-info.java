/** Who is asking: from a bearer token to a {@link Caller}. */
@org.jspecify.annotations.NullMarked
package dk.telecomx.pbx.authentication;
