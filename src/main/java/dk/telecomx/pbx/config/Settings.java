package dk.telecomx.pbx.config;

import static java.util.Map.entry;
import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The settings that operators use. docs/configuration.md has the same table. */
final class Settings {

    /** What each may hold, by its name as a property. */
    static final Map<String, Rule> RULES = Map.ofEntries(
            entry("quarkus.mongodb.connection-string", Rule.CONNECTION_STRING),
            entry("quarkus.mongodb.database", Rule.DATABASE),
            entry("quarkus.mongodb.tls", Rule.FLAG),
            entry("quarkus.mongodb.tls-configuration-name", Rule.TEXT),
            entry("quarkus.mongodb.read-preference", Rule.choice("primary")),
            entry("quarkus.mongodb.max-pool-size", Rule.number(1, 10_000)),
            entry("quarkus.mongodb.connect-timeout", Rule.duration("1ms", "1m")),
            entry("quarkus.mongodb.read-timeout", Rule.duration("1ms", "1m")),
            entry("quarkus.mongodb.server-selection-timeout", Rule.duration("1ms", "1m")),
            entry("quarkus.mongodb.heartbeat-frequency", Rule.duration("500ms", "1m")),
            entry("mp.jwt.verify.issuer", Rule.TEXT),
            entry("mp.jwt.verify.publickey", Rule.KEY),
            entry("mp.jwt.verify.publickey.location", Rule.LOCATION),
            entry("mp.jwt.verify.publickey.algorithm", Rule.ALGORITHM),
            entry("mp.jwt.verify.audiences", Rule.TEXT),
            entry("mp.jwt.verify.clock.skew", Rule.number(0, 300)),
            entry("pbx.keys.refresh", Rule.duration("1s", "1d")),
            entry("pbx.keys.time-limit", Rule.duration("10ms", "1m")),
            entry("pbx.keys.max-age", Rule.duration("1s", "7d")),
            entry("pbx.keys.tls-configuration-name", Rule.TEXT),
            entry("pbx.keys.proxy-configuration-name", Rule.TEXT),
            entry("pbx.token-cache.ttl", Rule.duration("1s", "1h")),
            entry("pbx.audit.key", Rule.AUDIT_KEY),
            entry("pbx.requests.max-in-flight", Rule.number(1, 1_000_000)),
            entry("pbx.requests.time-limit", Rule.duration("10ms", "1m")),
            entry("pbx.lookup.max-queries", Rule.number(1, 1000)),
            entry("pbx.lookup.time-limit", Rule.duration("10ms", "1m")),
            entry("pbx.health.time-limit", Rule.duration("10ms", "1800ms")),
            entry("quarkus.http.host", Rule.HOST),
            entry("quarkus.http.port", Rule.number(0, 65_535)),
            entry("quarkus.management.host", Rule.HOST),
            entry("quarkus.management.port", Rule.number(0, 65_535)),
            entry("quarkus.vertx.event-loops-pool-size", Rule.number(1, 1000)),
            entry("quarkus.http.limits.max-connections", Rule.number(1, 1_000_000)),
            entry("quarkus.http.limits.max-header-size", Rule.SIZE),
            entry("quarkus.http.limits.max-initial-line-length", Rule.number(256, 1_000_000)),
            entry("quarkus.http.idle-timeout", Rule.duration("1s", "1h")),
            entry("quarkus.http.access-log.enabled", Rule.FLAG),
            entry("quarkus.http.cors.origins", Rule.ORIGINS),
            entry("quarkus.shutdown.delay", Rule.duration("0s", "5m")),
            entry("quarkus.shutdown.timeout", Rule.duration("1ms", "5m")),
            entry("quarkus.swagger-ui.enabled", Rule.FLAG),
            entry("quarkus.log.console.json.enabled", Rule.FLAG),
            entry("quarkus.otel.sdk.disabled", Rule.FLAG),
            entry("quarkus.otel.exporter.otlp.endpoint", Rule.HTTP_URL),
            entry("quarkus.otel.traces.sampler.arg", Rule.SHARE),
            // What the framework has and this service does not follow.
            entry("quarkus.http.cors.enabled", Rule.choice("false")),
            entry("quarkus.http.http2", Rule.choice("false")),
            entry("quarkus.http.limits.max-body-size", Rule.nothing("no request needs a body")),
            entry("mp.jwt.token.header", Rule.choice("Authorization")),
            entry("mp.jwt.token.cookie", Rule.nothing("tokens come in the Authorization header alone")),
            entry("mp.jwt.verify.token.age", Rule.nothing("tokens end with their exp")),
            entry("mp.jwt.decrypt.key.location", Rule.nothing("tokens are signed, never encrypted")),
            entry("smallrye.jwt.time-to-live", Rule.nothing("tokens end with their exp")),
            entry("smallrye.jwt.required.claims", Rule.nothing("the claims that a token needs are fixed")),
            entry("smallrye.jwt.path.groups", Rule.nothing("levels come in the claim groups alone")),
            entry("smallrye.jwt.verify.key.location", Rule.nothing("MP_JWT_VERIFY_PUBLICKEY_LOCATION is for it")));

    /** Not shown where they are wrong. */
    static final Set<String> SECRETS =
            Set.of("quarkus.mongodb.connection-string", "mp.jwt.verify.publickey", "pbx.audit.key");

    /** Items between commas. */
    private static final Set<String> LISTS = Set.of("mp.jwt.verify.audiences", "quarkus.http.cors.origins");

    /**
     * Count as false, whatever they hold: an empty address in a forwarded header makes the framework throw before the first handler, and
     * the request is never answered.
     */
    static final List<String> ALWAYS_FALSE =
            List.of("quarkus.http.proxy.proxy-address-forwarding", "quarkus.management.proxy.proxy-address-forwarding");

    private Settings() {}

    static String variable(String property) {
        return property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    /** A setting's value without the blanks around it and around its items; null for one of nothing but those, as if it were not set. */
    static @Nullable String trimmed(String property, @Nullable String value) {
        if (value == null || !RULES.containsKey(property)) {
            return value != null && ALWAYS_FALSE.contains(property) ? "false" : value;
        }
        Stream<String> items = LISTS.contains(property) ? Stream.of(value.split(",")) : Stream.of(value);
        String trimmed =
                items.map(String::strip).filter(item -> !item.isEmpty()).collect(joining(","));
        return trimmed.isEmpty() ? null : trimmed;
    }

    /** A URL without its user and its query; any other text as it is. */
    static String withoutSecrets(String value) {
        return value.contains("://") ? value.replaceFirst("//[^/@]*@", "//").replaceFirst("(?s)[?#].*", "") : value;
    }
}
