package dk.telecomx.pbx.k8s;

import static dk.telecomx.pbx.k8s.Manifests.each;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The PromQL of alerts and dashboards: which metrics it asks for, and by which labels. */
final class Queries {

    private static final Pattern METRIC = Pattern.compile("\\b[a-z][a-z0-9_]*+(?!\\s*\\()");
    private static final Pattern LABEL = Pattern.compile("(\\w+)\\s*(=~|!~|!=|=)\\s*\"([^\"]*)\"");
    private static final Pattern SELECTOR = Pattern.compile("\\{((?:[^{}\"]|\"[^\"]*\")*)}");
    private static final Set<String> WORDS_OF_PROMQL = Set.of("and", "or", "unless", "offset", "by", "on");

    /** What Prometheus adds to each series; Grafana fills the last in. */
    private static final Set<String> LABELS_OF_PROMETHEUS = Set.of("job", "pod", "namespace");

    private Queries() {}

    static Stream<String> wrongIn(Manifests m, Application application) {
        Set<String> shown = application.metrics();
        List<String> all = expressions(m).toList();
        Stream<String> unknown = all.stream()
                .flatMap(Queries::metricsOf)
                .filter(metric -> !metric.equals("up") && !shown.contains(metric))
                .map(metric -> "no metric of the application: " + metric);
        String job = Manifests.name(m.the("Service"));
        Map<String, Set<String>> labels = application.labels();
        Stream<String> unlabeled = all.stream()
                .flatMap(expression -> SELECTOR.matcher(expression).results())
                .flatMap(selector -> LABEL.matcher(selector.group(1)).results())
                .filter(label -> !isKnown(label.group(1), label.group(3), job, labels))
                .map(label -> "no label of the metrics: " + label.group());
        return Stream.concat(unknown, unlabeled).distinct();
    }

    private static boolean isKnown(String label, String value, String job, Map<String, Set<String>> labels) {
        if (LABELS_OF_PROMETHEUS.contains(label)) {
            return !label.equals("job") || value.equals(job);
        }
        return labels.getOrDefault(label, Set.of()).containsAll(List.of(value.split("\\|")));
    }

    private static Stream<String> expressions(Manifests m) {
        Stream<String> alerts = m.all("PrometheusRule").flatMap(rule -> rule.findValuesAsText("expr").stream());
        Stream<String> panels = m.all("ConfigMap")
                .flatMap(map -> each(map.path("data")))
                .map(JsonNode::asText)
                .filter(text -> text.startsWith("{"))
                .flatMap(text -> json(text).findValuesAsText("expr").stream());
        return Stream.concat(alerts, panels);
    }

    private static Stream<String> metricsOf(String expression) {
        String bare =
                expression.replaceAll("\\{([^{}\"]|\"[^\"]*\")*}|\\[[^]]*]|\\b(by|on) \\([^)]*\\)|\"[^\"]*\"", " ");
        return METRIC.matcher(bare)
                .results()
                .map(match -> match.group())
                .filter(word -> !WORDS_OF_PROMQL.contains(word));
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException unreadable) {
            throw new IllegalArgumentException("a dashboard is no JSON", unreadable);
        }
    }
}
