/** May they: the rules as plain functions, the policy that enforces them, and its decisions. */
@NullMarked
package dk.telecomx.pbx.authorization;

import org.jspecify.annotations.NullMarked;
