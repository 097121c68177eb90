package dk.telecomx.pbx.authorization;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same, asked of the packaged service (or of the native executable). */
@QuarkusIntegrationTest
class AuthorizationIT extends AuthorizationTest {}
