package dk.telecomx.pbx.config;

import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigValue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes a blank setting for one that is missing: else the framework stumbles over a required one first, in words that do not say what to
 * do, and takes a list of nothing for a list that nothing is in.
 */
public final class BlankConfigInterceptor implements ConfigSourceInterceptor {

    private static final long serialVersionUID = 1L;

    private static final Set<String> SETTINGS = Set.of(
            "quarkus.mongodb.connection-string",
            "mp.jwt.verify.issuer",
            "mp.jwt.verify.publickey",
            "mp.jwt.verify.publickey.location",
            "mp.jwt.verify.audiences",
            "quarkus.http.cors.origins");

    @Override
    public @Nullable ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
        ConfigValue value = context.proceed(name);
        boolean blank = value != null
                && SETTINGS.contains(name)
                && value.getValue() != null
                && value.getValue().isBlank();
        return blank ? null : value;
    }
}
