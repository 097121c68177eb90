package dk.telecomx.pbx.authentication;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same, asked of the packaged service (or of the native executable). */
@QuarkusIntegrationTest
class AudiencesIT extends AudiencesTest {}
