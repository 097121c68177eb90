/** GET /pbx/group/{id}, from the HTTP request to the published JSON. */
@org.jspecify.annotations.NullMarked
package dk.telecomx.pbx.group;
