package dk.telecomx.pbx;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What the service is configured with where an operator sets nothing. */
public final class Defaults {

    private Defaults() {}

    /** The value that a bean's constructor gets for a setting: that of application.properties, or the parameter's own default. */
    public static <T> T of(Class<?> bean, String property, Class<T> type) {
        try {
            return new SmallRyeConfigBuilder()
                    .addDiscoveredConverters()
                    .withSources(new PropertiesConfigSource(
                            Objects.requireNonNull(Defaults.class.getResource("/application.properties"))))
                    .withDefaultValues(ofParameters(bean))
                    .build()
                    .getValue(property, type);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Map<String, String> ofParameters(Class<?> bean) {
        return Stream.of(bean.getDeclaredConstructors()[0].getParameters())
                .map(parameter -> parameter.getAnnotation(ConfigProperty.class))
                .filter(setting -> setting != null && !setting.defaultValue().equals(ConfigProperty.UNCONFIGURED_VALUE))
                .collect(Collectors.toMap(ConfigProperty::name, ConfigProperty::defaultValue));
    }
}
