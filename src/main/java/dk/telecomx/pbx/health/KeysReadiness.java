package dk.telecomx.pbx.health;

import dk.telecomx.pbx.authentication.JwksProvider;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while there are keys to verify tokens with. */
@Readiness
class KeysReadiness implements HealthCheck {

    private final JwksProvider keys;

    KeysReadiness(JwksProvider keys) {
        this.keys = keys;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("keys").status(keys.isAvailable()).build();
    }
}
