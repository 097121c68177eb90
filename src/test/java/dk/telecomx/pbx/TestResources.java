package dk.telecomx.pbx;

import io.quarkus.test.common.QuarkusTestResource;

/** What the service under test stands on, for every test of it that has no profile of its own. */
@QuarkusTestResource(TestDatabase.class)
@QuarkusTestResource(TestIssuer.class)
final class TestResources {

    private TestResources() {}
}
