package dk.telecomx.pbx.health;

import dk.telecomx.pbx.authentication.JwksProvider;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/** Ready while there are keys to verify tokens with. */
@Readiness
class KeysReadiness implements HealthCheck {

    private final JwksProvider keys;
    private final ReadinessState state =
            new ReadinessState("keys", "there are keys to verify tokens with", Logger.getLogger(KeysReadiness.class));

    KeysReadiness(JwksProvider keys) {
        this.keys = keys;
    }

    @Override
    public HealthCheckResponse call() {
        return state.is(keys.problem());
    }
}
