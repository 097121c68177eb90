package dk.telecomx.pbx.k8s;

import static dk.telecomx.pbx.k8s.Manifests.each;
import static dk.telecomx.pbx.k8s.Manifests.name;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
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

    private static final List<String> SECRETS = List.of("QUARKUS_MONGODB_CONNECTION_STRING", "PBX_AUDIT_KEY");
    private static final Pattern NAME_OF_A_SECRET = Pattern.compile("(?i)(^|[^a-z])(password|secret|token)($|[^a-z])");
    private static final Pattern SECRET = Pattern.compile("://[^/@\\s]+:[^/@\\s]*@|PRIVATE KEY");
    private static final Pattern DIGEST = Pattern.compile(".+@sha256:[0-9a-f]{64}");

    /** What each health check promises. */
    private static final int ANSWER_SECONDS = 2;

    /** A JVM on a node that starts everything at once. */
    private static final int START_SECONDS = 60;

    /** The label of pods that run another image than the JVM's: which one cannot be seen from a digest. */
    private static final String IMAGE_VARIANT = "telecomx.dk/image-variant";

    private static final List<String> PROBES = List.of("startupProbe", "livenessProbe", "readinessProbe");

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
        rules.put("networkPolicyIsExact", NetworkPolicyRules::wrongIn);
        rules.put("budgetFitsTheReplicas", this::budgetFitsTheReplicas);
        rules.put("metricsAreShown", m -> Queries.wrongIn(m, application));
        rules.put("imageIsByDigest", this::imageIsByDigest);
        rules.put("memoryIsEnough", this::memoryIsEnough);
        rules.put("podsAreSpread", this::podsAreSpread);
        rules.put("tmpCanBeWrittenTo", this::tmpCanBeWrittenTo);
        rules.put("namespaceIsRestricted", this::namespaceIsRestricted);
        rules.put("startHasTime", this::startHasTime);
        rules.put("deadlineOutlastsTheStart", this::deadlineOutlastsTheStart);
        rules.put("probesOutlastAnAnswer", this::probesOutlastAnAnswer);
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
                                        && (!targetOfService(
                                                                m,
                                                                endpoint.path("port")
                                                                        .asText())
                                                        .equals("management")
                                                || !endpoint.path("path")
                                                        .asText()
                                                        .equals(application
                                                                .with(m.settings())
                                                                .metricsPath())),
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
        Application running = application.with(m.settings());
        return Stream.concat(
                wrong(portOfPod(m, "http") != running.port(), "http is not " + running.port()),
                wrong(
                        portOfPod(m, "management") != running.managementPort(),
                        "management is not " + running.managementPort()));
    }

    private Stream<String> probesAskTheHealthChecks(Manifests m) {
        return Map.of("startupProbe", "started", "livenessProbe", "live", "readinessProbe", "ready").entrySet().stream()
                .flatMap(probe -> {
                    JsonNode get = m.container().path(probe.getKey()).path("httpGet");
                    return wrong(
                            !get.path("path")
                                            .asText()
                                            .equals(application
                                                    .with(m.settings())
                                                    .healthPath(probe.getValue()))
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
        unknown.removeAll(application.with(m.settings()).variables());
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
        Stream<Map.Entry<String, String>> inTheOpen = Stream.concat(
                m.all("ConfigMap")
                        .flatMap(map -> map.path("data").properties().stream())
                        .map(e -> Map.entry(e.getKey(), e.getValue().asText())),
                m.settings().entrySet().stream());
        return Stream.of(
                        m.all("Secret").map(secret -> "a secret with its value: " + name(secret)),
                        inTheOpen
                                .filter(e -> isSecret(e.getKey(), e.getValue()))
                                .map(e -> "a secret in the open: " + e.getKey())
                                .distinct(),
                        SECRETS.stream()
                                .filter(secret -> each(m.container().path("env"))
                                        .noneMatch(e -> name(e, "/name").equals(secret)
                                                && !e.at("/valueFrom/secretKeyRef/key")
                                                        .isMissingNode()))
                                .map(secret -> secret + " is no reference to a secret"))
                .flatMap(Function.identity());
    }

    private static boolean isSecret(String name, String value) {
        return (NAME_OF_A_SECRET.matcher(name).find() && !value.isEmpty())
                || SECRET.matcher(value).find();
    }

    /** A tag can be moved to another image. */
    private Stream<String> imageIsByDigest(Manifests m) {
        String image = m.container().path("image").asText();
        return wrong(m.isProduction() && !DIGEST.matcher(image).matches(), image + " is an image by tag");
    }

    private Stream<String> memoryIsEnough(Manifests m) {
        long limit = quantity(m.container().at("/resources/limits/memory").asText("0"))
                .longValue();
        String variant = m.pod().at("/metadata/labels").path(IMAGE_VARIANT).asText("jvm");
        return switch (variant) {
            case "jvm" -> ImageMemory.ofTheJvm().lackingIn(limit);
            case "native" -> ImageMemory.ofTheExecutable().lackingIn(limit);
            default -> Stream.of("no variant of the image: " + variant);
        };
    }

    private Stream<String> podsAreSpread(Manifests m) {
        Map<String, String> spread = new TreeMap<>();
        m.pod()
                .at("/spec/topologySpreadConstraints")
                .forEach(e -> spread.put(
                        e.path("topologyKey").asText(),
                        e.path("whenUnsatisfiable").asText() + " "
                                + e.path("maxSkew").asInt()));
        return Stream.concat(
                wrong(
                        !spread.getOrDefault("kubernetes.io/hostname", "").equals("DoNotSchedule 1"),
                        "one node may have all pods"),
                wrong(!spread.containsKey("topology.kubernetes.io/zone"), "one zone may have all pods"));
    }

    private Stream<String> tmpCanBeWrittenTo(Manifests m) {
        Set<String> writable = each(m.pod().at("/spec/volumes"))
                .filter(volume -> volume.has("emptyDir"))
                .map(volume -> name(volume, "/name"))
                .collect(Collectors.toSet());
        return wrong(
                each(m.container().path("volumeMounts"))
                        .noneMatch(mount -> mount.path("mountPath").asText().equals("/tmp")
                                && writable.contains(name(mount, "/name"))),
                "the root is read-only, and there is no /tmp");
    }

    private Stream<String> namespaceIsRestricted(Manifests m) {
        String namespace = m.the("Deployment").at("/metadata/namespace").asText();
        List<JsonNode> labels = m.all("Namespace")
                .filter(object -> name(object).equals(namespace))
                .map(object -> object.at("/metadata/labels"))
                .toList();
        return Stream.of("enforce", "audit", "warn")
                .filter(mode -> labels.stream().noneMatch(label -> label.path("pod-security.kubernetes.io/" + mode)
                        .asText()
                        .equals("restricted")))
                .map(mode -> "the namespace does not " + mode + " restricted pods");
    }

    private Stream<String> startHasTime(Manifests m) {
        int seconds = startSeconds(m);
        return wrong(seconds < START_SECONDS, "killed when it has not started after " + seconds + " s");
    }

    private Stream<String> deadlineOutlastsTheStart(Manifests m) {
        int deadline = m.the("Deployment").at("/spec/progressDeadlineSeconds").asInt(600);
        return wrong(
                deadline <= Math.max(startSeconds(m), START_SECONDS),
                "a rollout fails after " + deadline + " s, and a start may take " + startSeconds(m));
    }

    private static int startSeconds(Manifests m) {
        JsonNode probe = m.container().path("startupProbe");
        return probe.path("initialDelaySeconds").asInt()
                + probe.path("periodSeconds").asInt(10)
                        * probe.path("failureThreshold").asInt(3);
    }

    private Stream<String> probesOutlastAnAnswer(Manifests m) {
        return PROBES.stream()
                .filter(probe ->
                        m.container().path(probe).path("timeoutSeconds").asInt(1) <= ANSWER_SECONDS)
                .map(probe -> probe + " gives up while the service may still answer");
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
        Application running = application.with(m.settings());
        Duration grace = Duration.ofSeconds(
                m.pod().at("/spec/terminationGracePeriodSeconds").asLong(30));
        JsonNode hook = m.container().at("/lifecycle/preStop");
        Duration end = running.end().plusSeconds(hook.at("/sleep/seconds").asLong());
        return Stream.of(
                        wrong(grace.compareTo(end) <= 0, grace + " of grace for an end of " + end),
                        wrong(running.end().compareTo(Duration.ofSeconds(25)) >= 0, "an end of " + running.end()),
                        wrong(!hook.isMissingNode() && !hook.has("sleep"), "nobody knows how long this takes: " + hook),
                        wrong(!running.announcesItsEnd(), "readiness does not go off before the end"))
                .flatMap(Function.identity());
    }

    private Stream<String> rolloutTakesNothingAway(Manifests m) {
        JsonNode rolling = m.the("Deployment").at("/spec/strategy/rollingUpdate");
        int seconds = m.the("Deployment").at("/spec/minReadySeconds").asInt();
        return Stream.concat(
                wrong(
                        !rolling.path("maxUnavailable").asText().equals("0")
                                || rolling.path("maxSurge").asInt() < 1,
                        "a rollout by " + rolling),
                wrong(seconds < 10, "a pod that is ready for " + seconds + " s replaces one that serves"));
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
                        wrong(scaler.path("metrics").isEmpty(), "the autoscaler has nothing to go by"),
                        wrong(scaler.path("behavior").isMissingNode(), "the autoscaler has no manners"),
                        wrong(
                                !name(scaler, "/scaleTargetRef/name").equals(name(m.the("Deployment"))),
                                "the autoscaler scales something else"),
                        wrong(
                                m.the("Deployment").at("/spec").has("replicas"),
                                "replicas and an autoscaler contradict each other"))
                .flatMap(Function.identity());
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

    private static String targetOfService(Manifests m, String name) {
        return each(m.the("Service").at("/spec/ports"))
                .filter(port -> name(port, "/name").equals(name))
                .map(port -> port.path("targetPort").asText())
                .findFirst()
                .orElse("");
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
