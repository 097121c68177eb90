package dk.telecomx.pbx.config;

import static dk.telecomx.pbx.config.Settings.variable;
import static io.quarkus.runtime.configuration.DurationConverter.parseDuration;
import static java.util.Objects.requireNonNullElse;
import static java.util.stream.Collectors.joining;

import dk.telecomx.pbx.config.Settings.Setting;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigSourceInterceptorFactory;
import io.smallrye.config.ConfigValue;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Trims {@link Settings} as they are read, and stops the start at the first that is wrong: before the framework reads any, so that
 * nothing else is said beside it.
 */
public final class SettingsCheck implements ConfigSourceInterceptorFactory {

    /** Where the framework keeps what it fixed in the build: only the configuration of a started application has it. */
    private static final String OF_A_START = "BuildTime RunTime Fixed";

    /** Of each line one has to be set. */
    private static final List<List<String>> REQUIRED = List.of(
            List.of("quarkus.mongodb.connection-string"),
            List.of("mp.jwt.verify.issuer"),
            List.of("mp.jwt.verify.publickey", "mp.jwt.verify.publickey.location"));

    /** Times that may not be longer than another one. */
    private static final Map<String, String> AT_MOST =
            Map.of("pbx.lookup.time-limit", "pbx.requests.time-limit", "pbx.keys.refresh", "pbx.keys.max-age");

    private static final String PORT = "quarkus.http.port";
    private static final String MANAGEMENT_PORT = "quarkus.management.port";

    @Override
    public ConfigSourceInterceptor getInterceptor(ConfigSourceInterceptorContext context) {
        ConfigValue version = context.proceed("quarkus.application.version");
        if (version != null && OF_A_START.equals(version.getConfigSourceName())) {
            check(context::proceed);
            if (LaunchMode.current() == LaunchMode.NORMAL) {
                checkIsFree(context::proceed, PORT, "quarkus.http.host");
                checkIsFree(context::proceed, MANAGEMENT_PORT, "quarkus.management.host");
            }
        }
        return (next, name) -> {
            ConfigValue value = next.proceed(name);
            String trimmed = value == null ? null : Settings.trimmed(name, value.getValue());
            return value == null || trimmed == null ? null : value.withValue(trimmed);
        };
    }

    /** @throws ConfigurationException whose message is one line that names the variable */
    static void check(Function<String, @Nullable ConfigValue> settings) {
        for (Setting setting : Settings.ALL) {
            ConfigValue value = settings.apply(setting.property());
            if (value != null && value.getValue() != null) {
                // A blank value is no way to ask for the default: it hides that.
                String trimmed = requireNonNullElse(trimmed(settings, setting.property()), "");
                if (!setting.allows(trimmed)) {
                    throw wrong(setting.property(), trimmed, setting.rule().allowed());
                }
            } else if (value != null && value.getRawValue() != null) {
                throw new ConfigurationException(setting.variable() + " has a ${…} in it that refers to a setting"
                        + " which is not there; a $ that is meant is written $$");
            }
        }
        for (List<String> oneOf : REQUIRED) {
            if (oneOf.stream().allMatch(property -> trimmed(settings, property) == null)) {
                throw new ConfigurationException(
                        oneOf.stream().map(Settings::variable).collect(joining(" or "))
                                + " is required, and it is not set");
            }
        }
        String port = trimmed(settings, PORT);
        if (port != null && port.equals(trimmed(settings, MANAGEMENT_PORT)) && !port.equals("0")) {
            throw wrong(MANAGEMENT_PORT, port, "any but that of " + variable(PORT));
        }
        AT_MOST.forEach((lesser, greater) -> {
            String less = trimmed(settings, lesser);
            String more = trimmed(settings, greater);
            if (less != null && more != null && parseDuration(less).compareTo(parseDuration(more)) > 0) {
                throw wrong(lesser, less, "at most that of " + variable(greater) + ", \"" + more + '"');
            }
        });
    }

    /** Tried here, since the framework tries it after the database is connected, and says it in several lines. */
    private static void checkIsFree(
            Function<String, @Nullable ConfigValue> settings, String portProperty, String hostProperty) {
        String host = requireNonNullElse(trimmed(settings, hostProperty), "0.0.0.0");
        String port = requireNonNullElse(trimmed(settings, portProperty), "0");
        try {
            new ServerSocket(Integer.parseInt(port), 1, InetAddress.getByName(host)).close();
        } catch (IOException inUse) {
            throw wrong(portProperty, port, "a port that is free on " + host + " (" + inUse.getMessage() + ")");
        }
    }

    private static @Nullable String trimmed(Function<String, @Nullable ConfigValue> settings, String property) {
        ConfigValue value = settings.apply(property);
        return value == null ? null : Settings.trimmed(property, value.getValue());
    }

    private static ConfigurationException wrong(String property, String value, String allowed) {
        return new ConfigurationException(
                variable(property) + " is " + Settings.shown(property, value) + "; allowed: " + allowed);
    }
}
