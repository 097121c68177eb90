/** Customers and the resellers they belong to. */
@NullMarked
package dk.telecomx.pbx.customer;

import org.jspecify.annotations.NullMarked;
