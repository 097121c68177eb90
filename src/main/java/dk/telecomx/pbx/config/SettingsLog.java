package dk.telecomx.pbx.config;

import dk.telecomx.pbx.mongo.ConnectionStrings;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/** Says at the start which settings are in use, without secrets. */
@Singleton
class SettingsLog {

    private static final Logger LOG = Logger.getLogger(SettingsLog.class);

    void log(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent start, Config config) {
        String audiences = value(config, "mp.jwt.verify.audiences");
        if (audiences.isEmpty()) {
            LOG.warn("MP_JWT_VERIFY_AUDIENCES is not set: any token of the issuer passes, whomever it was made for");
        }
        if (value(config, "pbx.audit.key").isEmpty()) {
            LOG.info(
                    "PBX_AUDIT_KEY is not set: subjects in audit records can be compared until the next start, within this instance");
        }
        for (String property : Settings.ALWAYS_FALSE) {
            String given = config.getConfigValue(property).getRawValue();
            if (given != null && !given.strip().equals("false")) {
                LOG.warnf("%s has no effect: forwarded headers are ignored", Settings.variable(property));
            }
        }
        boolean inline = !value(config, "mp.jwt.verify.publickey").isEmpty();
        LOG.infof(
                "settings: issuer %s, audiences %s, algorithm %s, keys %s, database %s at %s, port %s, management port %s",
                value(config, "mp.jwt.verify.issuer"),
                audiences.isEmpty() ? "any" : audiences,
                value(config, "mp.jwt.verify.publickey.algorithm"),
                inline ? "in MP_JWT_VERIFY_PUBLICKEY" : "from " + value(config, "mp.jwt.verify.publickey.location"),
                value(config, "quarkus.mongodb.database"),
                ConnectionStrings.hosts(config.getValue("quarkus.mongodb.connection-string", String.class)),
                value(config, "quarkus.http.port"),
                value(config, "quarkus.management.port"));
    }

    private static String value(Config config, String property) {
        return config.getOptionalValue(property, String.class)
                .map(Settings::withoutSecrets)
                .orElse("");
    }
}
