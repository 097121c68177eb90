package dk.telecomx.pbx.config;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigSourceInterceptorFactory;
import io.smallrye.config.ConfigValue;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.jspecify.annotations.Nullable;

/**
 * Trims {@link Settings} as they are read, and stops the start at the first that is wrong: before the framework reads any, so that
 * nothing else is said beside it.
 */
public final class SettingsCheck implements ConfigSourceInterceptorFactory {

    /** Where the framework keeps what it fixed in the build: only the configuration of a started application has it. */
    private static final String OF_A_START = "BuildTime RunTime Fixed";

    @Override
    public ConfigSourceInterceptor getInterceptor(ConfigSourceInterceptorContext context) {
        ConfigValue version = context.proceed("quarkus.application.version");
        if (version != null && OF_A_START.equals(version.getConfigSourceName())) {
            check(context);
        }
        return SettingsCheck::trimmed;
    }

    private static @Nullable ConfigValue trimmed(ConfigSourceInterceptorContext context, String name) {
        ConfigValue value = context.proceed(name);
        String trimmed = value == null ? null : Settings.trimmed(name, value.getValue());
        return value == null || trimmed == null ? null : value.withValue(trimmed);
    }

    private static void check(ConfigSourceInterceptorContext context) {
        String problem = SettingsValidator.problem(context::proceed);
        if (problem == null && LaunchMode.current() == LaunchMode.NORMAL) {
            problem = taken(context, "quarkus.http", 8080);
            problem = problem == null ? taken(context, "quarkus.management", 9000) : problem;
        }
        if (problem != null) {
            throw new ConfigurationException(problem);
        }
    }

    private static @Nullable String taken(ConfigSourceInterceptorContext context, String server, int otherwise) {
        ConfigValue host = trimmed(context, server + ".host");
        ConfigValue port = trimmed(context, server + ".port");
        InetSocketAddress address = new InetSocketAddress(
                host == null ? "0.0.0.0" : host.getValue(),
                port == null ? otherwise : Integer.parseInt(port.getValue()));
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(address);
            return null;
        } catch (IOException inUse) {
            return Settings.variable(server + ".port") + " is \"" + address.getPort()
                    + "\"; allowed: a port that is free on " + address.getHostString() + " (" + inUse.getMessage()
                    + ")";
        }
    }
}
