package dk.telecomx.pbx;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/** The settings of Quarkus and its extensions, each of which carries a list of them in its jar. */
public final class FrameworkSettings {

    /** Those that count at the start. Others are taken when the service is built, and silently ignored later. */
    public static final Set<String> AT_START = atStart();

    private FrameworkSettings() {}

    private static Set<String> atStart() {
        Set<String> names = new TreeSet<>();
        try {
            for (URL model : Collections.list(FrameworkSettings.class
                    .getClassLoader()
                    .getResources("META-INF/quarkus-config-doc/quarkus-config-model.json"))) {
                try (InputStream in = model.openStream()) {
                    new ObjectMapper()
                            .readTree(in).findParents("phase").stream()
                                    .filter(setting ->
                                            setting.path("phase").asText().equals("RUN_TIME"))
                                    .forEach(setting -> names.add(
                                            setting.at("/path/property").asText()));
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return names;
    }
}
