package dk.telecomx.pbx.k8s;

import static dk.telecomx.pbx.k8s.Manifests.each;
import static dk.telecomx.pbx.k8s.Manifests.name;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The ways in and out that network policies open: which peer, which port. Each way out to what an installation configures has a policy of
 * its own, named for it, and may lead to that one's port alone.
 */
final class NetworkPolicyRules {

    private static final Map<String, Integer> PORT_BY_SCHEME = Map.of("http", 80, "https", 443);

    /** A namespace, whatever its name is: that is a setting of the overlay. */
    private static final String NAMESPACE = "namespace [a-z0-9-]+";

    private static final Pattern IN = Pattern.compile(
            "\\[(?<gateway>%1$s): TCP/http, (?!\\k<gateway>:)%1$s: TCP/management]".formatted(NAMESPACE));
    private static final Pattern OUT =
            Pattern.compile("\\[(?<names>%s, k8s-app=kube-dns): TCP/53, \\k<names>: UDP/53]".formatted(NAMESPACE));

    private static final Comparator<String> BY_PORT = Comparator.comparing(way -> way.substring(way.lastIndexOf(':')));

    /** Wider than this is no address of anybody's. */
    private static final int WIDEST_PREFIX = 8;

    private NetworkPolicyRules() {}

    /** What is wrong with them. */
    static Stream<String> wrongIn(Manifests m) {
        Map<String, JsonNode> policies = new TreeMap<>();
        m.all("NetworkPolicy").forEach(policy -> policies.put(name(policy), policy));
        Map<String, String> neighbors = neighbors(m.settings());

        Stream.Builder<String> wrong = Stream.builder();
        JsonNode denial = policies.remove("default-deny");
        if (denial == null || !deniesAll(denial)) {
            wrong.add("nothing denies what the other pods of the namespace do");
        }
        JsonNode own = policies.remove("pbx-group");
        if (own == null) {
            wrong.add("no way in, and none to names");
        } else {
            differ("in", IN, own.at("/spec/ingress")).forEach(wrong::add);
            differ("out", OUT, own.at("/spec/egress")).forEach(wrong::add);
            Set<String> types = new TreeSet<>();
            own.at("/spec/policyTypes").forEach(type -> types.add(type.asText()));
            if (!types.equals(Set.of("Ingress", "Egress"))) {
                wrong.add("only " + types + " is restricted");
            }
        }
        neighbors.forEach((neighbor, port) -> {
            JsonNode way = policies.remove("pbx-group-" + neighbor);
            if (way == null) {
                wrong.add("no way out to the " + neighbor);
            } else {
                only(neighbor, port, way).forEach(wrong::add);
            }
        });
        policies.keySet().forEach(policy -> wrong.add("a way to nothing that is configured: " + policy));
        return wrong.build();
    }

    /** What the settings make the service connect to, and by which port. The database's is in a secret, so there it may be any one. */
    private static Map<String, String> neighbors(Map<String, String> settings) {
        Map<String, String> neighbors = new TreeMap<>(Map.of("database", "TCP/[0-9]+"));
        String keys = settings.getOrDefault("MP_JWT_VERIFY_PUBLICKEY_LOCATION", "");
        if (keys.startsWith("http")) {
            neighbors.put("keys", "TCP/" + portOfProxy(settings).orElseGet(() -> port(keys)));
        }
        String collector = settings.getOrDefault("QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT", "");
        if (!collector.isEmpty()) {
            neighbors.put("traces", "TCP/" + port(collector));
        }
        return neighbors;
    }

    private static String port(String url) {
        URI uri = URI.create(url);
        return "" + (uri.getPort() >= 0 ? uri.getPort() : PORT_BY_SCHEME.getOrDefault(uri.getScheme(), 0));
    }

    /** Of the proxy in front of the key host, if there is one: the one that is named, else the default one. */
    private static Optional<String> portOfProxy(Map<String, String> settings) {
        String name = settings.getOrDefault("PBX_KEYS_PROXY_CONFIGURATION_NAME", "");
        return (name.isBlank() ? Stream.of("quarkus.proxy.") : Application.named("quarkus.proxy.", name, "."))
                .map(Application::variable)
                .filter(proxy -> !settings.getOrDefault(proxy + "HOST", "").isBlank())
                .map(proxy -> settings.getOrDefault(proxy + "PORT", "none"))
                .findFirst();
    }

    private static Stream<String> only(String neighbor, String port, JsonNode policy) {
        Stream.Builder<String> wrong = Stream.builder();
        Set<String> ways = pairs(policy.at("/spec/egress"));
        if (ways.isEmpty()) {
            wrong.add("no way out to the " + neighbor);
        }
        ways.stream()
                .filter(way -> way.startsWith("anybody") || !portOf(way).matches(port))
                .forEach(way -> wrong.add("to the " + neighbor + ", which is at " + port + ": " + way));
        if (ways.stream().map(NetworkPolicyRules::portOf).distinct().count() > 1) {
            wrong.add("to the " + neighbor + ", which is at one port: " + ways);
        }
        if (!policy.at("/spec/policyTypes").toString().equals("[\"Egress\"]")
                || !policy.at("/spec/ingress").isMissingNode()) {
            wrong.add("the way out to the " + neighbor + " lets somebody in");
        }
        return wrong.build();
    }

    private static String portOf(String way) {
        return way.substring(way.lastIndexOf(": ") + 2);
    }

    private static Stream<String> differ(String direction, Pattern needed, JsonNode rules) {
        String open = pairs(rules).stream().sorted(BY_PORT).toList().toString();
        return needed.matcher(open).matches() ? Stream.of() : Stream.of(direction + ": " + open);
    }

    /** Each peer with each port, in words. */
    private static Set<String> pairs(JsonNode rules) {
        Set<String> pairs = new TreeSet<>();
        for (JsonNode rule : rules) {
            JsonNode peers = rule.has("from") ? rule.path("from") : rule.path("to");
            for (String peer : peers.isEmpty() ? Set.of("anybody") : words(peers, NetworkPolicyRules::peer)) {
                words(rule.path("ports"), NetworkPolicyRules::port).forEach(port -> pairs.add(peer + ": " + port));
                if (rule.path("ports").isEmpty()) {
                    pairs.add(peer + ": any port");
                }
            }
        }
        return pairs;
    }

    private static Set<String> words(JsonNode nodes, Function<JsonNode, String> inWords) {
        Set<String> words = new TreeSet<>();
        each(nodes).map(inWords).forEach(words::add);
        return words;
    }

    private static String port(JsonNode port) {
        return port.path("protocol").asText("TCP") + "/" + port.path("port").asText("any")
                + (port.has("endPort") ? " to " + port.path("endPort").asText() : "");
    }

    private static String peer(JsonNode peer) {
        if (peer.has("ipBlock")) {
            String cidr = peer.at("/ipBlock/cidr").asText();
            int prefix = Integer.parseInt(cidr.substring(cidr.indexOf('/') + 1));
            return (prefix < WIDEST_PREFIX ? "anybody of " : "addresses ") + cidr;
        }
        JsonNode namespace = peer.path("namespaceSelector");
        JsonNode pod = peer.path("podSelector");
        if (pod.isEmpty() && (namespace.isEmpty() || !namespace.has("matchLabels"))) {
            return "anybody in " + (namespace.isMissingNode() ? "this namespace" : "any namespace");
        }
        String where = namespace.isMissingNode()
                ? "this namespace"
                : "namespace "
                        + namespace
                                .at("/matchLabels")
                                .path("kubernetes.io/metadata.name")
                                .asText(namespace.toString());
        StringBuilder words = new StringBuilder(where);
        pod.path("matchLabels").properties().forEach(label -> words.append(", ")
                .append(label.getKey())
                .append("=")
                .append(label.getValue().asText()));
        return words.toString();
    }

    private static boolean deniesAll(JsonNode policy) {
        return policy.at("/spec/podSelector").isEmpty()
                && policy.at("/spec/policyTypes").size() == 2
                && policy.at("/spec/ingress").isMissingNode()
                && policy.at("/spec/egress").isMissingNode();
    }
}
