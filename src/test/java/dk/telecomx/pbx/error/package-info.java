@org.jspecify.annotations.NullMarked
package dk.telecomx.pbx.error;
