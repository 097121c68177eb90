package dk.telecomx.pbx.k8s;

import static dk.telecomx.pbx.k8s.Manifests.each;
import static dk.telecomx.pbx.k8s.Manifests.name;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What manifests must mean besides being valid. Each rule gives the sentences that say what is wrong: none, and it is kept. */
final class Rules {

    private static final int NO_PORT = -1;

    private static final Pattern METRIC = Pattern.compile("\\b[a-z][a-z0-9_]*+(?!\\s*\\()");
    private static final Set<String> WORDS_OF_PROMQL = Set.of("and", "or", "unless", "offset", "by");
    private static final List<String> SECRETS = List.of("QUARKUS_MONGODB_CONNECTION_STRING");

    private final Application application;
    private final TreeMap<String, Function<Manifests, Stream<String>>> rules = new TreeMap<>();

    Rules(Application application) {
        this.application = application;
        rules.put("selectorsMatch", this::selectorsMatch);
        rules.put("serviceSelectsThePods", this::serviceSelectsThePods);
        rules.put("portsAreTheApplications", this::portsAreTheApplications);
        rules.put("probesAskTheHealthChecks", this::probesAskTheHealthChecks);
        rules.put("readinessOutlastsAFailOver", this::readinessOutlastsAFailOver);
        rules.put("settingsAreKnown", this::settingsAreKnown);
        rules.put("audienceIsRequired", this::audienceIsRequired);
        rules.put("secretsAreReferences", this::secretsAreReferences);
        rules.put("requestsFitTheLimits", this::requestsFitTheLimits);
        rules.put("graceOutlastsTheEnd", this::graceOutlastsTheEnd);
        rules.put("rolloutTakesNothingAway", this::rolloutTakesNothingAway);
        rules.put("containerIsConfined", this::containerIsConfined);
        rules.put("identityIsWithoutRights", this::identityIsWithoutRights);
        rules.put("networkPolicyIsExact", this::networkPolicyIsExact);
        rules.put("budgetFitsTheReplicas", this::budgetFitsTheReplicas);
        rules.put("metricsAreShown", this::metricsAreShown);
    }

    Set<String> names() {
        return rules.keySet();
    }

    /** The broken rules by name, with what is wrong. */
    Map<String, List<String>> brokenBy(Manifests manifests) {
        TreeMap<String, List<String>> broken = new TreeMap<>();
        rules.forEach((name, rule) -> {
            List<String> wrong = rule.apply(manifests).toList();
            if (!wrong.isEmpty()) {
                broken.put(name, wrong);
            }
        });
        return broken;
    }

    private Stream<String> selectorsMatch(Manifests m) {
        JsonNode labels = m.pod().at("/metadata/labels");
        Stream<JsonNode> selectors = Stream.concat(
                Stream.of(
                        m.the("Deployment").at("/spec/selector/matchLabels"),
                        m.the("PodDisruptionBudget").at("/spec/selector/matchLabels"),
                        m.the("NetworkPolicy").at("/spec/podSelector/matchLabels")),
                each(m.pod().at("/spec/topologySpreadConstraints"))
                        .map(spread -> spread.at("/labelSelector/matchLabels")));
        JsonNode monitor = m.the("ServiceMonitor");
        JsonNode endpoint = monitor.at("/spec/endpoints/0");
        return Stream.of(
                        selectors
                                .filter(selector -> !selects(selector, labels))
                                .map(selector -> selector + " selects no pod of ours"),
                        wrong(
                                !monitor.isMissingNode()
                                        && !selects(
                                                monitor.at("/spec/selector/matchLabels"),
                                                m.the("Service").at("/metadata/labels")),
                                "the monitor selects another service"),
                        wrong(
                                !monitor.isMissingNode()
                                        && (portOfService(
                                                                m,
                                                                endpoint.path("port")
                                                                        .asText())
                                                        != application.managementPort()
                                                || !endpoint.path("path")
                                                        .asText()
                                                        .equals(application.metricsPath())),
                                "the monitor asks " + endpoint + ", not for the metrics"))
                .flatMap(Function.identity());
    }

    private Stream<String> serviceSelectsThePods(Manifests m) {
        return Stream.concat(
                wrong(
                        !selects(m.the("Service").at("/spec/selector"), m.pod().at("/metadata/labels")),
                        "the service selects no pod of ours"),
                each(m.the("Service").at("/spec/ports"))
                        .filter(port -> portOfPod(m, port.path("targetPort").asText()) == NO_PORT)
                        .map(port -> port + " leads to no port of the pod"));
    }

    private Stream<String> portsAreTheApplications(Manifests m) {
        return Stream.concat(
                wrong(portOfPod(m, "http") != application.port(), "http is not " + application.port()),
                wrong(
                        portOfPod(m, "management") != application.managementPort(),
                        "management is not " + application.managementPort()));
    }

    private Stream<String> probesAskTheHealthChecks(Manifests m) {
        return Map.of("startupProbe", "started", "livenessProbe", "live", "readinessProbe", "ready").entrySet().stream()
                .flatMap(probe -> {
                    JsonNode get = m.container().path(probe.getKey()).path("httpGet");
                    return wrong(
                            !get.path("path").asText().equals(application.healthPath(probe.getValue()))
                                    || portOfPod(m, get.path("port").asText()) != portOfPod(m, "management"),
                            probe.getKey() + " asks " + get);
                });
    }

    /** The database is shared: its fail-over must not take all pods away at once. */
    private Stream<String> readinessOutlastsAFailOver(Manifests m) {
        JsonNode probe = m.container().path("readinessProbe");
        int seconds = probe.path("periodSeconds").asInt()
                * probe.path("failureThreshold").asInt();
        return wrong(seconds < 30, "not ready after " + seconds + " s");
    }

    private Stream<String> settingsAreKnown(Manifests m) {
        Set<String> unknown = new TreeSet<>(m.settings().keySet());
        unknown.removeAll(application.variables());
        return unknown.stream().map(name -> name + " is no setting of the application");
    }

    private Stream<String> audienceIsRequired(Manifests m) {
        return wrong(
                m.isProduction()
                        && m.settings()
                                .getOrDefault("MP_JWT_VERIFY_AUDIENCES", "")
                                .isBlank(),
                "production takes tokens that were made for others");
    }

    private Stream<String> secretsAreReferences(Manifests m) {
        return Stream.concat(
                m.all("Secret").map(secret -> "a secret with its value: " + name(secret)),
                SECRETS.stream()
                        .filter(secret -> each(m.container().path("env"))
                                .noneMatch(e -> name(e, "/name").equals(secret)
                                        && !e.at("/valueFrom/secretKeyRef/key").isMissingNode()))
                        .map(secret -> secret + " is no reference to a secret"));
    }

    private Stream<String> requestsFitTheLimits(Manifests m) {
        JsonNode resources = m.container().path("resources");
        return Stream.of("cpu", "memory", "ephemeral-storage").flatMap(resource -> {
            String request = resources.path("requests").path(resource).asText("0");
            String limit = resources.path("limits").path(resource).asText("0");
            return wrong(
                    quantity(request).signum() == 0 || quantity(request).compareTo(quantity(limit)) > 0,
                    resource + ": " + request + " of " + limit);
        });
    }

    private Stream<String> graceOutlastsTheEnd(Manifests m) {
        Duration grace = Duration.ofSeconds(
                m.pod().at("/spec/terminationGracePeriodSeconds").asLong());
        return Stream.of(
                        wrong(
                                grace.compareTo(application.end()) <= 0,
                                grace + " of grace for an end of " + application.end()),
                        wrong(
                                application.end().compareTo(Duration.ofSeconds(25)) >= 0,
                                "an end of " + application.end()),
                        wrong(!application.announcesItsEnd(), "readiness does not go off before the end"))
                .flatMap(Function.identity());
    }

    private Stream<String> rolloutTakesNothingAway(Manifests m) {
        JsonNode rolling = m.the("Deployment").at("/spec/strategy/rollingUpdate");
        return wrong(
                !rolling.path("maxUnavailable").asText().equals("0")
                        || rolling.path("maxSurge").asInt() < 1,
                "a rollout by " + rolling);
    }

    private Stream<String> containerIsConfined(Manifests m) {
        JsonNode container = m.container().path("securityContext");
        JsonNode pod = m.pod().at("/spec/securityContext");
        return Stream.of(
                        wrong(m.pod().at("/spec/containers").size() != 1, "not one container"),
                        wrong(!container.path("readOnlyRootFilesystem").asBoolean(), "its root can be written to"),
                        wrong(container.path("allowPrivilegeEscalation").asBoolean(true), "it may gain privileges"),
                        wrong(!container.at("/capabilities/drop/0").asText().equals("ALL"), "it has capabilities"),
                        wrong(container.at("/capabilities/add").size() > 0, "it is given capabilities"),
                        wrong(
                                !pod.at("/seccompProfile/type").asText().equals("RuntimeDefault"),
                                "any system call is allowed"),
                        wrong(
                                !pod.path("runAsNonRoot").asBoolean()
                                        || pod.path("runAsUser").asInt() != 1001,
                                "it is not user 1001"))
                .flatMap(Function.identity());
    }

    private Stream<String> identityIsWithoutRights(Manifests m) {
        return Stream.of(
                        wrong(
                                m.pod().at("/spec/automountServiceAccountToken").asBoolean(true)
                                        || m.the("ServiceAccount")
                                                .path("automountServiceAccountToken")
                                                .asBoolean(true),
                                "a token of the API server is mounted"),
                        wrong(
                                !m.pod().at("/spec/serviceAccountName").asText().equals(name(m.the("ServiceAccount"))),
                                "another service account"),
                        m.all("RoleBinding").map(binding -> "rights: " + name(binding)))
                .flatMap(Function.identity());
    }

    private Stream<String> networkPolicyIsExact(Manifests m) {
        JsonNode policy = m.the("NetworkPolicy");
        Set<String> needed = new TreeSet<>(Set.of("UDP/53", "TCP/53", "TCP/27017"));
        String keys = m.settings().getOrDefault("MP_JWT_VERIFY_PUBLICKEY_LOCATION", "");
        if (keys.startsWith("https://")) {
            int port = URI.create(keys).getPort();
            needed.add("TCP/" + (port < 0 ? 443 : port));
        }
        return Stream.of(
                        wrong(
                                !ports(policy.at("/spec/egress")).equals(needed),
                                "out: " + ports(policy.at("/spec/egress")) + ", needed: " + needed),
                        wrong(
                                !ports(policy.at("/spec/ingress")).equals(Set.of("TCP/http", "TCP/management")),
                                "in: " + ports(policy.at("/spec/ingress"))),
                        each(policy.at("/spec/egress"))
                                .filter(rule -> isOpen(rule.path("to")))
                                .map(rule -> "to anybody: " + rule),
                        each(policy.at("/spec/ingress"))
                                .filter(rule -> isOpen(rule.path("from")))
                                .map(rule -> "from anybody: " + rule),
                        wrong(
                                m.all("NetworkPolicy").noneMatch(Rules::deniesAll),
                                "nothing denies what the other pods of the namespace do"))
                .flatMap(Function.identity());
    }

    private static boolean deniesAll(JsonNode policy) {
        return policy.at("/spec/podSelector").isEmpty()
                && policy.at("/spec/policyTypes").size() == 2
                && policy.at("/spec/ingress").isMissingNode()
                && policy.at("/spec/egress").isMissingNode();
    }

    private static boolean isOpen(JsonNode peers) {
        return peers.isEmpty()
                || each(peers)
                        .anyMatch(peer -> peer.isEmpty()
                                || peer.at("/ipBlock/cidr").asText().endsWith("/0"));
    }

    private static Set<String> ports(JsonNode policyRules) {
        return each(policyRules)
                .flatMap(rule -> rule.path("ports").isEmpty()
                        ? Stream.of("any")
                        : each(rule.path("ports"))
                                .map(port -> port.path("protocol").asText() + "/"
                                        + port.path("port").asText()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Stream<String> budgetFitsTheReplicas(Manifests m) {
        JsonNode scaler = m.the("HorizontalPodAutoscaler").path("spec");
        int least = scaler.path("minReplicas").asInt();
        int lost = m.the("PodDisruptionBudget").at("/spec/maxUnavailable").asInt();
        return Stream.of(
                        wrong(lost < 1, "no pod may be evicted: no node can be drained"),
                        wrong(
                                m.isProduction() && least - lost < 2,
                                "an eviction leaves " + (least - lost) + " of " + least),
                        wrong(scaler.path("maxReplicas").asInt() <= least, "the autoscaler has no room"),
                        wrong(scaler.path("behavior").isMissingNode(), "the autoscaler has no manners"),
                        wrong(
                                !name(scaler, "/scaleTargetRef/name").equals(name(m.the("Deployment"))),
                                "the autoscaler scales something else"),
                        wrong(
                                m.the("Deployment").at("/spec").has("replicas"),
                                "replicas and an autoscaler contradict each other"))
                .flatMap(Function.identity());
    }

    private Stream<String> metricsAreShown(Manifests m) {
        Set<String> shown = application.metrics();
        Stream<String> alerts = m.all("PrometheusRule").flatMap(rule -> rule.findValuesAsText("expr").stream());
        Stream<String> panels = m.all("ConfigMap")
                .flatMap(map -> each(map.path("data")))
                .map(JsonNode::asText)
                .filter(text -> text.startsWith("{"))
                .flatMap(text -> json(text).findValuesAsText("expr").stream());
        return Stream.concat(alerts, panels)
                .flatMap(Rules::metricsOf)
                .filter(metric -> !metric.equals("up") && !shown.contains(metric))
                .distinct()
                .map(metric -> "no metric of the application: " + metric);
    }

    private static Stream<String> metricsOf(String expression) {
        String bare = expression.replaceAll("\\{([^{}\"]|\"[^\"]*\")*}|\\[[^]]*]|\\bby \\([^)]*\\)|\"[^\"]*\"", " ");
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

    private static boolean selects(JsonNode selector, JsonNode labels) {
        return !selector.isEmpty()
                && selector.properties().stream()
                        .allMatch(label -> label.getValue().equals(labels.get(label.getKey())));
    }

    private static int portOfPod(Manifests m, String name) {
        return each(m.container().path("ports"))
                .filter(port -> name(port, "/name").equals(name))
                .mapToInt(port -> port.path("containerPort").asInt())
                .findFirst()
                .orElse(NO_PORT);
    }

    private static int portOfService(Manifests m, String name) {
        return each(m.the("Service").at("/spec/ports"))
                .filter(port -> name(port, "/name").equals(name))
                .mapToInt(port -> port.path("port").asInt())
                .findFirst()
                .orElse(-1);
    }

    private static BigDecimal quantity(String text) {
        if (text.endsWith("m")) {
            return new BigDecimal(text.substring(0, text.length() - 1)).movePointLeft(3);
        }
        int unit = "KMG".indexOf(text.charAt(Math.max(0, text.length() - 2))) + 1;
        return text.endsWith("i") && unit > 0
                ? new BigDecimal(text.substring(0, text.length() - 2)).multiply(BigDecimal.valueOf(1L << (10 * unit)))
                : new BigDecimal(text);
    }

    private static Stream<String> wrong(boolean isWrong, String what) {
        return isWrong ? Stream.of(what) : Stream.of();
    }
}
