package dk.telecomx.pbx;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/** What the service is configured with where an operator sets nothing. */
public final class Defaults {

    private Defaults() {}

    /** The settings of that kind. */
    public static <T> T of(Class<T> mapping) {
        return config(mapping).getConfigMapping(mapping);
    }

    private static SmallRyeConfig config(Class<?> mapping) {
        try {
            return new SmallRyeConfigBuilder()
                    .addDiscoveredConverters()
                    .withSources(new PropertiesConfigSource(
                            Objects.requireNonNull(Defaults.class.getResource("/application.properties"))))
                    .withMapping(mapping)
                    .build();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
