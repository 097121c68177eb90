/** May they: the rules as plain functions, the policy that enforces them, and its decisions. */
@org.jspecify.annotations.NullMarked
package dk.telecomx.pbx.authorization;
