package dk.telecomx.pbx.k8s;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the application itself says of its ports, paths, settings, end and metrics: in its configuration, its sources, its libraries. */
final class Application {

    private static final Path CONFIGURATION = Path.of("src/main/resources/application.properties");
    private static final Pattern SETTING = Pattern.compile(
            "@ConfigProperty\\(name = \"([^\"]+)\"|@ConfigMapping\\(prefix = \"([^\"]+)\"\\)|\\b([a-z]\\w*)\\(\\);");
    private static final Pattern METRIC = Pattern.compile("\\b(Counter|Gauge)\\.builder\\(\\s*\"([^\"]+)\"");

    /** Metrics of the framework; src/test/cluster/run looks for all of them, and ours, in the answer of a running pod. */
    private static final Set<String> METRICS_OF_THE_FRAMEWORK = Set.of(
            "http_server_requests_seconds_count",
            "http_server_requests_seconds_sum",
            "http_server_requests_seconds_max",
            "process_cpu_usage");

    private final Properties configuration = new Properties();
    private final List<String> sources;

    Application() {
        try (Reader reader = Files.newBufferedReader(CONFIGURATION);
                Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            configuration.load(reader);
            sources = files.filter(file -> file.toString().endsWith(".java"))
                    .map(Application::read)
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    int port() {
        return Integer.parseInt(configuration.getProperty("quarkus.http.port", "8080"));
    }

    int managementPort() {
        return Integer.parseInt(configuration.getProperty("quarkus.management.port", "9000"));
    }

    /** Where the management interface answers: {@code check} is started, live or ready. */
    String healthPath(String check) {
        String property =
                switch (check) {
                    case "started" -> "startup-path";
                    case "live" -> "liveness-path";
                    default -> "readiness-path";
                };
        return managementRoot() + configuration.getProperty("quarkus.smallrye-health.root-path", "health") + "/"
                + configuration.getProperty("quarkus.smallrye-health." + property, check);
    }

    String metricsPath() {
        return managementRoot() + configuration.getProperty("quarkus.micrometer.export.prometheus.path", "metrics");
    }

    private String managementRoot() {
        return configuration.getProperty("quarkus.management.root-path", "/q") + "/";
    }

    /** How long the end takes at most: readiness off while requests are still served, then what is in flight. */
    Duration end() {
        return shutdown("delay").plus(shutdown("timeout"));
    }

    private Duration shutdown(String part) {
        String value = configuration.getProperty("quarkus.shutdown." + part);
        if (value == null) {
            throw new IllegalStateException("quarkus.shutdown." + part + " is not in " + CONFIGURATION);
        }
        return Duration.parse("PT" + value);
    }

    boolean announcesItsEnd() {
        return configuration
                .getProperty("quarkus.shutdown.delay-enabled", "false")
                .equals("true");
    }

    /** Every setting there is, as an environment variable. */
    Set<String> variables() {
        Set<String> names = new TreeSet<>();
        configuration.stringPropertyNames().forEach(names::add);
        sources.forEach(source -> names.addAll(settingsIn(source)));
        names.addAll(settingsOfTheFramework());
        return names.stream().map(Application::variable).collect(Collectors.toCollection(TreeSet::new));
    }

    static String variable(String setting) {
        return setting.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    private static Set<String> settingsIn(String source) {
        Set<String> names = new TreeSet<>();
        String prefix = "";
        for (MatchResult match : SETTING.matcher(source).results().toList()) {
            if (match.group(1) != null) {
                names.add(match.group(1));
            } else if (match.group(2) != null) {
                prefix = match.group(2) + ".";
            } else if (!prefix.isEmpty()) {
                names.add(prefix + match.group(3).replaceAll("([A-Z])", "-$1"));
            }
        }
        return names;
    }

    /** Each extension carries a list of its settings in its jar. */
    private static Set<String> settingsOfTheFramework() {
        Set<String> names = new TreeSet<>();
        try {
            for (URL model : Collections.list(Application.class
                    .getClassLoader()
                    .getResources("META-INF/quarkus-config-doc/quarkus-config-model.json"))) {
                try (InputStream in = model.openStream()) {
                    String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                    Pattern.compile("\"(quarkus\\.[a-z0-9.-]+)\"")
                            .matcher(text)
                            .results()
                            .forEach(m -> names.add(m.group(1)));
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return names;
    }

    /** The names of the metrics as Prometheus sees them. */
    Set<String> metrics() {
        Set<String> names = new TreeSet<>(METRICS_OF_THE_FRAMEWORK);
        sources.forEach(source -> METRIC.matcher(source)
                .results()
                .forEach(m ->
                        names.add(m.group(2).replace('.', '_') + (m.group(1).equals("Counter") ? "_total" : ""))));
        return names;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
