package dk.telecomx.pbx;

import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigValue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes a blank setting that is required for one that is missing: else the framework stumbles over it first, in words that do not say
 * what to do.
 */
public final class BlankIsMissing implements ConfigSourceInterceptor {

    private static final long serialVersionUID = 1L;

    private static final Set<String> REQUIRED = Set.of(
            "quarkus.mongodb.connection-string",
            "mp.jwt.verify.issuer",
            "mp.jwt.verify.publickey",
            "mp.jwt.verify.publickey.location");

    @Override
    public @Nullable ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
        ConfigValue value = context.proceed(name);
        boolean blank = value != null
                && REQUIRED.contains(name)
                && value.getValue() != null
                && value.getValue().isBlank();
        return blank ? null : value;
    }
}
