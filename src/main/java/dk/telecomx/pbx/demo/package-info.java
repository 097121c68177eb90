/** Dev mode: an embedded database, demo data, tokens and a page that shows who may read what. Left out of the artifact. */
@org.jspecify.annotations.NullMarked
package dk.telecomx.pbx.demo;
