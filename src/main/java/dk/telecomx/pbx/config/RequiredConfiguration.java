package dk.telecomx.pbx.config;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/** Stops the start, with one line that names what is missing, where the service would else run open or in vain (contract, section 8). */
@Singleton
class RequiredConfiguration {

    private static final Logger LOG = Logger.getLogger(RequiredConfiguration.class);

    private final Config config;

    RequiredConfiguration(Config config) {
        this.config = config;
    }

    void check(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent start) {
        require("quarkus.mongodb.connection-string", "QUARKUS_MONGODB_CONNECTION_STRING");
        require("mp.jwt.verify.issuer", "MP_JWT_VERIFY_ISSUER");
        if (!isSet("mp.jwt.verify.publickey") && !isSet("mp.jwt.verify.publickey.location")) {
            throw new ConfigurationException(
                    "MP_JWT_VERIFY_PUBLICKEY or MP_JWT_VERIFY_PUBLICKEY_LOCATION is required, and neither is set");
        }
        if (isTrue("quarkus.http.proxy.proxy-address-forwarding") && !isSet("quarkus.http.proxy.trusted-proxies")) {
            throw new ConfigurationException(
                    "QUARKUS_HTTP_PROXY_TRUSTED_PROXIES is required where QUARKUS_HTTP_PROXY_PROXY_ADDRESS_FORWARDING is true:"
                            + " else anybody's forwarded headers would be believed");
        }
        if (config.getOptionalValues("mp.jwt.verify.audiences", String.class).isEmpty()) {
            LOG.warn("MP_JWT_VERIFY_AUDIENCES is not set: any token of the issuer passes, whomever it was made for");
        }
    }

    private void require(String property, String variable) {
        if (!isSet(property)) {
            throw new ConfigurationException(variable + " is required, and it is not set");
        }
    }

    private boolean isTrue(String property) {
        return config.getOptionalValue(property, Boolean.class).orElse(false);
    }

    private boolean isSet(String property) {
        Optional<String> value = config.getOptionalValue(property, String.class);
        return value.isPresent() && !value.get().isBlank();
    }
}
