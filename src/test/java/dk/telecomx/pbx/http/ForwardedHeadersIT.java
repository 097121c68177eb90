package dk.telecomx.pbx.http;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same, asked of the packaged service (or of the native executable). */
@QuarkusIntegrationTest
class ForwardedHeadersIT extends ForwardedHeadersTest {}
