package dk.telecomx.pbx;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;

/** Other settings of the service than those it is mostly tested with. */
public final class Profiles {

    private Profiles() {}

    /** A service whose issuer has other arguments; with a database of its own. */
    private abstract static class Issuer implements QuarkusTestProfile {

        private final Map<String, String> arguments;

        Issuer(Map<String, String> arguments) {
            this.arguments = arguments;
        }

        @Override
        public boolean disableGlobalTestResources() {
            return true;
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(
                    new TestResourceEntry(TestDatabase.class), new TestResourceEntry(TestIssuer.class, arguments));
        }
    }

    /** Tokens are signed with ES256. */
    public static final class EllipticCurve extends Issuer {
        public EllipticCurve() {
            super(Map.of("algorithm", "ES256"));
        }
    }

    /** Tokens must be for one of two audiences, written as people write lists, and no clock may be wrong. */
    public static final class Audiences extends Issuer {
        public Audiences() {
            super(Map.of("mp.jwt.verify.audiences", "pbx, switchboard\n", "mp.jwt.verify.clock.skew", "0"));
        }
    }

    /** Browsers of two origins are let in. */
    public static final class Origins extends Issuer {
        public Origins() {
            super(Map.of("quarkus.http.cors.origins", "https://app.telecomx.example,https://desk.telecomx.example"));
        }
    }

    /** There is room for one request at a time. */
    public static final class RoomForOne extends Issuer {
        public RoomForOne() {
            super(Map.of("pbx.requests.max-in-flight", "1"));
        }
    }

    /** Browsers of one origin are let in. */
    public static final class OneOrigin extends Issuer {
        public OneOrigin() {
            super(Map.of("quarkus.http.cors.origins", "https://desk.telecomx.example"));
        }
    }

    /** Browsers of any origin are let in. */
    public static final class AnyOrigin extends Issuer {
        public AnyOrigin() {
            super(Map.of("quarkus.http.cors.origins", "*"));
        }
    }

    /** One request at a time; another feature has contributed its path; there is an access log. */
    public static final class SecondFeature extends Issuer {
        public SecondFeature() {
            super(Map.of(
                    "pbx.requests.max-in-flight", "1",
                    "quarkus.http.cors.origins", "https://desk.telecomx.example",
                    "quarkus.http.access-log.enabled", "true",
                    "quarkus.micrometer.binder.http-server.match-patterns",
                            "/pbx/second(/.*)?=/pbx/second/{id},/.*=other"));
        }
    }

    /** A gateway on the loopback is trusted to say who calls. */
    public static final class Forwarding extends Issuer {
        public Forwarding() {
            super(Map.of(
                    "quarkus.http.proxy.proxy-address-forwarding", "true",
                    "quarkus.http.proxy.allow-forwarded", "true",
                    "quarkus.http.proxy.allow-x-forwarded", "true",
                    "quarkus.http.proxy.enable-forwarded-host", "true",
                    "quarkus.http.proxy.enable-forwarded-prefix", "true",
                    "quarkus.http.proxy.trusted-proxies", "127.0.0.1"));
        }
    }

    /** There is no page to try the API out. */
    public static final class NoSwaggerUi extends Issuer {
        public NoSwaggerUi() {
            super(Map.of("quarkus.swagger-ui.enabled", "false"));
        }
    }

    /** The connection string wants reads to go elsewhere than to the primary. */
    public static final class ReadsFromSecondaries extends Issuer {
        public ReadsFromSecondaries() {
            super(Map.of());
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(
                    new TestResourceEntry(TestDatabase.class, Map.of("options", "readPreference=secondary")),
                    new TestResourceEntry(TestIssuer.class));
        }
    }
}
