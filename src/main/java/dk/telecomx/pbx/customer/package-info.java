/** Customers and the resellers they belong to. */
@org.jspecify.annotations.NullMarked
package dk.telecomx.pbx.customer;
