package dk.telecomx.pbx;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Takes context propagation out of Mutiny's callbacks: by default each of them carries the CDI contexts and a transaction along. Nothing
 * here rides on a thread: the caller is a value, and a look-up resumes on the Vert.x context it came from, where request id and span are.
 */
@Singleton
class PlainCallbacks {

    void plain(@Observes StartupEvent start) {
        Infrastructure.clearInterceptors();
    }
}
