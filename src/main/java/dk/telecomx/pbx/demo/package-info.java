/** What dev mode has and production has not: a database of its own, demo data, keys and tokens. Left out of the artifact. */
@NullMarked
package dk.telecomx.pbx.demo;

import org.jspecify.annotations.NullMarked;
