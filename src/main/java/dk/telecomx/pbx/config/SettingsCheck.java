package dk.telecomx.pbx.config;

import static dk.telecomx.pbx.config.Settings.variable;
import static io.quarkus.runtime.configuration.DurationConverter.parseDuration;
import static java.util.Objects.requireNonNullElse;
import static java.util.stream.Collectors.joining;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigSourceInterceptorFactory;
import io.smallrye.config.ConfigValue;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Trims {@link Settings} as they are read, and stops the start at the first that is wrong: before the framework reads any, so that
 * nothing else is said beside it.
 */
public final class SettingsCheck implements ConfigSourceInterceptorFactory {

    /** Where the framework keeps what it fixed in the build: only the configuration of a started application has it. */
    private static final String RUNTIME_ONLY_SOURCE = "BuildTime RunTime Fixed";

    @Override
    public ConfigSourceInterceptor getInterceptor(ConfigSourceInterceptorContext context) {
        ConfigValue version = context.proceed("quarkus.application.version");
        if (version != null && RUNTIME_ONLY_SOURCE.equals(version.getConfigSourceName())) {
            Map<String, String> settings = check(context::proceed);
            if (LaunchMode.current() == LaunchMode.NORMAL) {
                requireFreePort(settings, "quarkus.http");
                requireFreePort(settings, "quarkus.management");
            }
        }
        return (next, name) -> {
            ConfigValue value = next.proceed(name);
            String trimmed = value == null ? null : Settings.trimmed(name, value.getValue());
            return value == null || trimmed == null ? null : value.withValue(trimmed);
        };
    }

    /** The settings that somebody gave, or that application.properties has. Fails with one line that names the variable. */
    static Map<String, String> check(Function<String, @Nullable ConfigValue> source) {
        Map<String, String> settings = new HashMap<>();
        // Sorted: of two wrong settings each start names the same.
        new TreeMap<>(Settings.RULES).forEach((property, rule) -> {
            ConfigValue value = source.apply(property);
            if (value == null || value.getRawValue() == null) {
                return;
            }
            if (value.getValue() == null) {
                throw new ConfigurationException(variable(property) + " has a ${…} in it that refers to a setting"
                        + " which is not there; write a literal $ as $$");
            }
            // Many rules allow no blank value: it is no way to ask for the default, which it hides.
            String trimmed = requireNonNullElse(Settings.trimmed(property, value.getValue()), "");
            if (!rule.allows(trimmed)) {
                throw wrong(property, trimmed, rule.allowed());
            }
            settings.put(property, trimmed);
        });
        require(settings, "quarkus.mongodb.connection-string");
        require(settings, "mp.jwt.verify.issuer");
        require(settings, "mp.jwt.verify.publickey", "mp.jwt.verify.publickey.location");
        requireAtMost(settings, "pbx.lookup.time-limit", "pbx.requests.time-limit");
        requireAtMost(settings, "pbx.requests.time-limit", "quarkus.http.idle-timeout");
        requireAtMost(settings, "pbx.requests.time-limit", "quarkus.shutdown.timeout");
        requireAtMost(settings, "pbx.keys.refresh", "pbx.keys.max-age");
        String port = settings.getOrDefault("quarkus.management.port", "0");
        if (port.equals(settings.get("quarkus.http.port")) && !port.equals("0")) {
            throw wrong("quarkus.management.port", port, "any but that of QUARKUS_HTTP_PORT");
        }
        return settings;
    }

    private static void require(Map<String, String> settings, String... oneOf) {
        if (Stream.of(oneOf)
                .allMatch(property -> settings.getOrDefault(property, "").isEmpty())) {
            String names = Stream.of(oneOf).map(Settings::variable).collect(joining(" or "));
            throw new ConfigurationException(names + " is required, and it is not set");
        }
    }

    private static void requireAtMost(Map<String, String> settings, String lesser, String greater) {
        String less = settings.getOrDefault(lesser, "0s");
        String more = settings.getOrDefault(greater, less);
        if (parseDuration(less).compareTo(parseDuration(more)) > 0) {
            throw wrong(lesser, less, "at most that of " + variable(greater) + ", \"" + more + '"');
        }
    }

    /** Tried here, since the framework tries it after the database is connected, and says it in several lines. */
    private static void requireFreePort(Map<String, String> settings, String server) {
        String host = settings.getOrDefault(server + ".host", "0.0.0.0");
        String port = settings.getOrDefault(server + ".port", "0");
        try {
            new ServerSocket(Integer.parseInt(port), 1, InetAddress.getByName(host)).close();
        } catch (IOException inUse) {
            throw wrong(server + ".port", port, "a port that is free on " + host + " (" + inUse.getMessage() + ")");
        }
    }

    private static ConfigurationException wrong(String property, String value, String allowed) {
        // Where a URL is wrong, its user may be as far as the last @.
        String url = value.replaceFirst("(?s)//.*@", "//");
        String line = Settings.withoutSecrets(url).replaceAll("\\p{Cntrl}", "?");
        String shown = Settings.SECRETS.contains(property)
                ? "wrong (its value is not shown)"
                : '"' + (line.length() > 100 ? line.substring(0, 100) + '…' : line) + '"';
        return new ConfigurationException(variable(property) + " is " + shown + "; allowed: " + allowed);
    }
}
