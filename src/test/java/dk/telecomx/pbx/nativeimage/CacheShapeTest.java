package dk.telecomx.pbx.nativeimage;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Cache;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * Caffeine generates a class for each combination of a cache's properties, and finds it by name: a native executable has those alone
 * that quarkus-caffeine registers. With another shape each request with a token was a 500.
 */
class CacheShapeTest {

    @Test
    void cachedTokensAreInACacheThatTheNativeExecutableHas() throws Exception {
        Object cache = cachedTokens().asMap();
        assertThat(registered()).contains(constant(cache.getClass().getName()));
        assertThat(registered()).contains(constant(nodeFactory(cache).getClass().getName()));
    }

    private static Cache<?, ?> cachedTokens() throws ReflectiveOperationException {
        Class<?> type = Class.forName("dk.telecomx.pbx.authentication.BearerAuthenticator");
        Constructor<?> constructor = type.getDeclaredConstructors()[0];
        constructor.setAccessible(true);
        Field cache = type.getDeclaredField("cache");
        cache.setAccessible(true);
        return (Cache<?, ?>) cache.get(constructor.newInstance(null, null, Duration.ofMinutes(1)));
    }

    private static Object nodeFactory(Object cache) throws ReflectiveOperationException {
        Field factory = Class.forName("com.github.benmanes.caffeine.cache.BoundedLocalCache")
                .getDeclaredField("nodeFactory");
        factory.setAccessible(true);
        return factory.get(cache);
    }

    /** The class that registers them, as Latin-1; it cannot be loaded without GraalVM. */
    private static String registered() throws IOException {
        try (InputStream feature = CacheShapeTest.class.getResourceAsStream(
                "/io/quarkus/caffeine/runtime/graal/CacheConstructorsFeature.class")) {
            return new String(feature.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    /** As it stands in a class file: with its length, so that no longer name is taken for it. */
    private static String constant(String name) {
        return "\1" + (char) (name.length() >> 8) + (char) (name.length() & 255) + name;
    }
}
