package dk.telecomx.pbx;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Other settings of the service than those it is mostly tested with. Each profile builds and starts a service of its own, which takes
 * seconds: settings that do not meet share one.
 */
public final class Profiles {

    private Profiles() {}

    /** Other settings, for a service with the database of the other tests. */
    private abstract static class Other implements QuarkusTestProfile {

        private final Map<String, String> settings;

        Other(Map<String, String> settings) {
            this.settings = settings;
        }

        /**
         * Beside the test resources that all tests have: in the place of them, Quarkus would start the packaged service anew for each class.
         */
        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(OtherIssuer.class, settings));
        }
    }

    /** Is started after the issuer of the other tests, and so is the one that counts. */
    public static final class OtherIssuer extends TestIssuer {
        @Override
        public int order() {
            return 1;
        }
    }

    /**
     * Tokens are signed with ES256, must be for one of two audiences, written as people write lists, and no clock may be wrong; browsers of
     * two origins are let in; a gateway on the loopback is trusted to say who calls; there is no page to try the API out; another feature has
     * contributed its path, which has an access log; requests have the time that they have in production; and two are answered at a time:
     * with a limit of one, a test could be refused because its last request is still being counted.
     */
    public static final class Configured extends Other {
        public Configured() {
            super(Map.ofEntries(
                    Map.entry("algorithm", "ES256"),
                    Map.entry("mp.jwt.verify.audiences", "pbx, switchboard\n"),
                    Map.entry("mp.jwt.verify.clock.skew", "0"),
                    Map.entry(
                            "quarkus.http.cors.origins", "https://app.telecomx.example,https://desk.telecomx.example"),
                    Map.entry("quarkus.http.proxy.proxy-address-forwarding", "true"),
                    Map.entry("quarkus.management.proxy.proxy-address-forwarding", "true"),
                    Map.entry("quarkus.http.proxy.allow-forwarded", "true"),
                    Map.entry("quarkus.http.proxy.allow-x-forwarded", "true"),
                    Map.entry("quarkus.http.proxy.enable-forwarded-host", "true"),
                    Map.entry("quarkus.http.proxy.enable-forwarded-prefix", "true"),
                    Map.entry("quarkus.http.proxy.trusted-proxies", "127.0.0.1"),
                    Map.entry("quarkus.swagger-ui.enabled", "false"),
                    Map.entry("quarkus.http.access-log.enabled", "true"),
                    Map.entry("quarkus.http.access-log.exclude-pattern", "/pbx/group.*"),
                    Map.entry("pbx.requests.time-limit", "2800ms"),
                    Map.entry("pbx.lookup.time-limit", "2500ms"),
                    Map.entry("pbx.requests.max-in-flight", "2"),
                    Map.entry(
                            "quarkus.micrometer.binder.http-server.match-patterns",
                            "/pbx/second(/.*)?=/pbx/second/{id},/.*=other")));
        }
    }

    /** The database is behind a port where nobody listens before a test does; browsers of any origin are let in. */
    public static final class BehindAWire implements QuarkusTestProfile {

        /** Has the number of that port. */
        public static final String PORT = "pbx.test.wire";

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.http.cors.origins", "*");
        }

        @Override
        public boolean disableGlobalTestResources() {
            return true;
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(Wire.class), new TestResourceEntry(TestIssuer.class));
        }

        /** The test database, and the port of the wire to it. */
        public static final class Wire implements QuarkusTestResourceLifecycleManager {
            private final TestDatabase database = new TestDatabase();

            @Override
            public Map<String, String> start() {
                Map<String, String> settings = new HashMap<>(database.start());
                try (ServerSocket free = FreePort.hold()) {
                    System.setProperty(PORT, Integer.toString(free.getLocalPort()));
                } catch (IOException none) {
                    throw new UncheckedIOException(none);
                }
                settings.put(
                        "quarkus.mongodb.connection-string",
                        "mongodb://127.0.0.1:" + System.getProperty(PORT) + "/?retryReads=false");
                return settings;
            }

            @Override
            public void stop() {
                System.clearProperty(PORT);
                database.stop();
            }
        }
    }
}
