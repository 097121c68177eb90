package dk.telecomx.pbx.group;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same, asked of the packaged service (or of the native executable). */
@QuarkusIntegrationTest
class ConditionalRequestsIT extends ConditionalRequestsTest {}
