package dk.telecomx.pbx.k8s;

import dk.telecomx.pbx.FrameworkSettings;
import dk.telecomx.pbx.authorization.Decision;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the application itself says of its ports, paths, settings, end and metrics: in its configuration, its sources, its libraries; and
 * where it is given settings, what it says with them.
 */
final class Application {

    private static final Path CONFIGURATION = Path.of("src/main/resources/application.properties");
    private static final Pattern SETTING = Pattern.compile(
            "@ConfigProperty\\(name = \"([^\"]+)\"|@ConfigMapping\\(prefix = \"([^\"]+)\"\\)|\\b([a-z]\\w*)\\(\\);");
    private static final Pattern METRIC = Pattern.compile(
            "\\b(Counter|Gauge|Timer)\\.builder\\(\\s*\"([^\"]+)\"((?:[^;\"]|\"[^\"]*\")*?)\\.register\\(");
    private static final Pattern UNIT = Pattern.compile("\\.baseUnit\\(\"(\\w+)\"\\)");

    /** Metrics of the framework; src/test/cluster/run looks for all of them, and ours, in the answer of a running pod. */
    private static final Set<String> METRICS_OF_THE_FRAMEWORK = Set.of(
            "http_server_requests_seconds_bucket",
            "http_server_requests_seconds_count",
            "jvm_gc_live_data_size_bytes",
            "jvm_gc_max_data_size_bytes",
            "jvm_gc_pause_seconds_sum",
            "jvm_memory_max_bytes",
            "jvm_memory_used_bytes",
            "log_total",
            "mongodb_driver_pool_checkedout",
            "mongodb_driver_pool_size",
            "mongodb_driver_pool_waitqueuesize",
            "pbx_refusals_total",
            "process_cpu_usage",
            "vertx_http_connections_current",
            "vertx_http_connections_rejected_total");

    /** Metrics of the kubelet (cAdvisor) and of kube-state-metrics, which know what a container cannot see of itself. */
    private static final Set<String> METRICS_OF_THE_CLUSTER = Set.of(
            "container_cpu_cfs_periods_total",
            "container_cpu_cfs_throttled_periods_total",
            "kube_pod_container_status_restarts_total");

    /** Labels of which an alert or a panel asks for one value. */
    private static final Map<String, Set<String>> FIXED_LABELS = Map.of(
            "outcome", Set.of("allowed", "denied"),
            "area", Set.of("heap", "nonheap"),
            "container", Set.of("pbx-group"),
            "le", Set.of("0.1", "+Inf"));

    /** Where the values of our metrics' labels stand in the sources. */
    private static final Map<String, Pattern> LABELS = Map.of(
            "kind", Pattern.compile("\\bloaders\\.over\\(\"(\\w+)\""),
            "reason", Pattern.compile("\\b(?:unresolved\\(|ErrorCode\\.\\w+,\\s*)\"([\\w-]+)\""));

    /** A setting of an entry of a map. The lists have a placeholder for the entry's name, in quotes. */
    private static final Pattern ENTRY =
            Pattern.compile("(quarkus\\.(?:tls|proxy|log\\.handler\\.file|log\\.category)\\.)\"[^\"]+\"(\\..+)");

    private static final Pattern LOG_CATEGORY = Pattern.compile("\\bgetLogger\\(\"([^\"]+)\"\\)");

    private final Properties configuration;
    private final List<String> sources;
    private final Map<String, String> settings;

    Application() {
        configuration = new Properties();
        settings = Map.of();
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

    private Application(Application as, Map<String, String> settings) {
        configuration = as.configuration;
        sources = as.sources;
        this.settings = settings;
    }

    /** The same with these environment variables. */
    Application with(Map<String, String> variables) {
        return new Application(this, variables);
    }

    private String value(String name, String otherwise) {
        return settings.getOrDefault(variable(name), configuration.getProperty(name, otherwise));
    }

    int port() {
        return Integer.parseInt(value("quarkus.http.port", "8080"));
    }

    int managementPort() {
        return Integer.parseInt(value("quarkus.management.port", "9000"));
    }

    /** Where the management interface answers: {@code check} is started, live or ready. */
    String healthPath(String check) {
        String property =
                switch (check) {
                    case "started" -> "startup-path";
                    case "live" -> "liveness-path";
                    default -> "readiness-path";
                };
        return managementRoot() + value("quarkus.smallrye-health.root-path", "health") + "/"
                + value("quarkus.smallrye-health." + property, check);
    }

    String metricsPath() {
        return managementRoot() + value("quarkus.micrometer.export.prometheus.path", "metrics");
    }

    private String managementRoot() {
        return value("quarkus.management.root-path", "/q") + "/";
    }

    /** How long the end takes at most: readiness off while requests are still served, then what is in flight. */
    Duration end() {
        return shutdown("delay").plus(shutdown("timeout"));
    }

    private Duration shutdown(String part) {
        String value = value("quarkus.shutdown." + part, "");
        if (value.isEmpty()) {
            throw new IllegalStateException("quarkus.shutdown." + part + " is not in " + CONFIGURATION);
        }
        return Duration.parse(value.startsWith("P") ? value : "PT" + value.replaceFirst("\\d$", "$0S"));
    }

    boolean announcesItsEnd() {
        return value("quarkus.shutdown.delay-enabled", "false").equals("true");
    }

    /** Every setting that can be made when the service is started, as an environment variable. */
    Set<String> variables() {
        Set<String> names = new TreeSet<>(configuration.stringPropertyNames());
        sources.forEach(source -> names.addAll(settingsIn(source)));
        names.removeIf(name -> !name.startsWith("pbx.") && !name.startsWith("mp.jwt."));
        names.addAll(FrameworkSettings.AT_START);
        return names.stream()
                .flatMap(this::ofEachEntry)
                .map(Application::variable)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The setting itself, or where it is one of a map's, that of each entry that the other settings name. */
    private Stream<String> ofEachEntry(String setting) {
        Matcher entry = ENTRY.matcher(setting);
        if (!entry.matches()) {
            return Stream.of(setting);
        }
        String map = entry.group(1);
        Stream<String> names =
                switch (map) {
                    case "quarkus.tls." -> valuesOf("\\w+_TLS_CONFIGURATION_NAME");
                    case "quarkus.proxy." -> valuesOf("\\w+_PROXY_CONFIGURATION_NAME");
                    case "quarkus.log.handler.file." -> valuesOf("QUARKUS_LOG_(CATEGORY__\\w+__)?HANDLERS");
                    default -> logCategories();
                };
        return names.flatMap(name -> named(map, name, entry.group(2)));
    }

    private Stream<String> valuesOf(String variables) {
        return settings.entrySet().stream()
                .filter(setting -> setting.getKey().matches(variables))
                .flatMap(setting -> Stream.of(setting.getValue().split(",")))
                .map(String::strip);
    }

    private Stream<String> logCategories() {
        return sources.stream()
                .flatMap(source -> LOG_CATEGORY.matcher(source).results())
                .map(category -> category.group(1));
    }

    /** A setting of a map's entry, in the forms that a variable can say: it says names in lower case, with dots and nothing else. */
    static Stream<String> named(String map, String name, String setting) {
        String quoted = map + '"' + name + '"' + setting;
        if (name.matches("[a-z0-9]+")) {
            return Stream.of(map + name + setting, quoted);
        }
        return name.matches("[a-z0-9.]+") ? Stream.of(quoted) : Stream.of();
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

    /** The names of the metrics as Prometheus sees them. */
    Set<String> metrics() {
        Set<String> names = new TreeSet<>(METRICS_OF_THE_FRAMEWORK);
        names.addAll(METRICS_OF_THE_CLUSTER);
        sources.forEach(source -> METRIC.matcher(source)
                .results()
                .forEach(m -> names.add(m.group(2).replace('.', '_')
                        + UNIT.matcher(m.group(3))
                                .results()
                                .map(unit -> "_" + unit.group(1))
                                .collect(Collectors.joining())
                        + suffix(m.group(1)))));
        return names;
    }

    private static String suffix(String meter) {
        return switch (meter) {
            case "Counter" -> "_total";
            case "Timer" -> "_seconds_bucket";
            default -> "";
        };
    }

    /** The labels of the metrics that an alert may ask for, with every value that each can have. */
    Map<String, Set<String>> labels() {
        Map<String, Set<String>> labels = new TreeMap<>();
        LABELS.forEach((label, pattern) -> labels.put(
                label,
                sources.stream()
                        .flatMap(source -> pattern.matcher(source).results())
                        .map(value -> value.group(1))
                        .collect(Collectors.toSet())));
        labels.put("rule", Stream.of(Decision.values()).map(Decision::rule).collect(Collectors.toSet()));
        labels.putAll(FIXED_LABELS);
        labels.put("code", inTheDocument("code: (\\w+)"));
        labels.put(
                "uri",
                Stream.of(value("quarkus.micrometer.binder.http-server.match-patterns", "")
                                .split(","))
                        .map(pattern -> pattern.substring(pattern.indexOf('=') + 1))
                        .collect(Collectors.toSet()));
        labels.put("status", inTheDocument("(?m)^ +\"(\\d{3})\":"));
        return labels;
    }

    private static Set<String> inTheDocument(String pattern) {
        return Pattern.compile(pattern)
                .matcher(read(Path.of("src/main/resources/META-INF/openapi.yaml")))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
