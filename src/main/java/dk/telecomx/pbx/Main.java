package dk.telecomx.pbx;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Starts the service. */
@QuarkusMain
public final class Main {

    /** Where the framework looks, once and before anything else, whether to refuse odd URIs with an empty 400. */
    private static final String KEEP_ODD_URIS = "vertx.disableURIValidation";

    private Main() {}

    /** Runs until it is told to stop. Odd URIs (a bad escape, a stray bar) are judged, and answered in the contract's shape, by us. */
    public static void main(String... args) {
        System.setProperty(KEEP_ODD_URIS, "true");
        Quarkus.run(args);
    }
}
