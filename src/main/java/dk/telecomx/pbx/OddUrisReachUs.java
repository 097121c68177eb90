package dk.telecomx.pbx;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SmallRyeConfigBuilderCustomizer;

/**
 * Keeps the framework from answering URIs that java.net.URI cannot parse (a bad escape, a stray bar) with an empty 400: they are judged,
 * and answered in the contract's shape, by us.
 *
 * <p>The framework looks once, at a system property, when its HTTP server's class is loaded. The configuration is built before that,
 * packaged, native and in tests; in dev mode it is not, and the build sets the property there (pom.xml).
 */
@StaticInitSafe
public final class OddUrisReachUs implements SmallRyeConfigBuilderCustomizer {

    private static final String KEEP_ODD_URIS = "vertx.disableURIValidation";

    @Override
    public void configBuilder(SmallRyeConfigBuilder builder) {
        System.setProperty(KEEP_ODD_URIS, "true");
    }
}
