package dk.telecomx.pbx.config;

import static dk.telecomx.pbx.config.Settings.Kind.LIST;
import static dk.telecomx.pbx.config.Settings.Kind.PLAIN;
import static dk.telecomx.pbx.config.Settings.Kind.SECRET;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The settings that operators use, and what each may hold. docs/configuration.md has the same table. */
final class Settings {

    /** A secret is never shown. A list has its items between commas, and the rule is for each of them. */
    enum Kind {
        PLAIN,
        SECRET,
        LIST
    }

    record Setting(Kind kind, String property, Rule rule) {

        String variable() {
            return Settings.variable(property);
        }

        boolean allows(String value) {
            return kind == LIST ? items(value).stream().allMatch(rule::allows) : rule.allows(value);
        }
    }

    static final List<Setting> ALL = List.of(
            new Setting(SECRET, "quarkus.mongodb.connection-string", Rule.CONNECTION_STRING),
            new Setting(PLAIN, "quarkus.mongodb.database", Rule.DATABASE),
            new Setting(PLAIN, "quarkus.mongodb.tls", Rule.FLAG),
            new Setting(PLAIN, "quarkus.mongodb.tls-configuration-name", Rule.TEXT),
            new Setting(PLAIN, "quarkus.mongodb.read-preference", Rule.choice("primary")),
            new Setting(PLAIN, "quarkus.mongodb.max-pool-size", Rule.number(1, 10_000)),
            new Setting(PLAIN, "quarkus.mongodb.connect-timeout", Rule.duration("1ms", "1m")),
            new Setting(PLAIN, "quarkus.mongodb.read-timeout", Rule.duration("1ms", "1m")),
            new Setting(PLAIN, "quarkus.mongodb.server-selection-timeout", Rule.duration("1ms", "1m")),
            new Setting(PLAIN, "quarkus.mongodb.heartbeat-frequency", Rule.duration("500ms", "1m")),
            new Setting(PLAIN, "mp.jwt.verify.issuer", Rule.TEXT),
            new Setting(SECRET, "mp.jwt.verify.publickey", Rule.KEY),
            new Setting(PLAIN, "mp.jwt.verify.publickey.location", Rule.LOCATION),
            new Setting(PLAIN, "mp.jwt.verify.publickey.algorithm", Rule.ALGORITHM),
            new Setting(LIST, "mp.jwt.verify.audiences", Rule.TEXT),
            new Setting(PLAIN, "mp.jwt.verify.clock.skew", Rule.number(0, 300)),
            new Setting(PLAIN, "pbx.keys.refresh", Rule.duration("1s", "1d")),
            new Setting(PLAIN, "pbx.keys.time-limit", Rule.duration("10ms", "1m")),
            new Setting(PLAIN, "pbx.keys.max-age", Rule.duration("1s", "7d")),
            new Setting(PLAIN, "pbx.keys.tls-configuration-name", Rule.TEXT),
            new Setting(PLAIN, "pbx.keys.proxy-configuration-name", Rule.TEXT),
            new Setting(PLAIN, "pbx.token-cache.ttl", Rule.duration("1s", "1h")),
            new Setting(SECRET, "pbx.audit.key", Rule.AUDIT_KEY),
            new Setting(PLAIN, "pbx.requests.max-in-flight", Rule.number(1, 1_000_000)),
            new Setting(PLAIN, "pbx.requests.time-limit", Rule.duration("10ms", "1m")),
            new Setting(PLAIN, "pbx.lookup.max-queries", Rule.number(1, 1000)),
            new Setting(PLAIN, "pbx.lookup.time-limit", Rule.duration("10ms", "1m")),
            new Setting(PLAIN, "pbx.health.time-limit", Rule.duration("10ms", "2s")),
            new Setting(PLAIN, "quarkus.http.host", Rule.HOST),
            new Setting(PLAIN, "quarkus.http.port", Rule.number(0, 65_535)),
            new Setting(PLAIN, "quarkus.management.host", Rule.HOST),
            new Setting(PLAIN, "quarkus.management.port", Rule.number(0, 65_535)),
            new Setting(PLAIN, "quarkus.vertx.event-loops-pool-size", Rule.number(1, 1000)),
            new Setting(PLAIN, "quarkus.http.limits.max-connections", Rule.number(1, 1_000_000)),
            new Setting(PLAIN, "quarkus.http.limits.max-header-size", Rule.SIZE),
            new Setting(PLAIN, "quarkus.http.limits.max-initial-line-length", Rule.number(256, 1_000_000)),
            new Setting(PLAIN, "quarkus.http.idle-timeout", Rule.duration("1s", "1h")),
            new Setting(PLAIN, "quarkus.http.http2", Rule.FLAG),
            new Setting(PLAIN, "quarkus.http.access-log.enabled", Rule.FLAG),
            new Setting(LIST, "quarkus.http.cors.origins", Rule.ORIGIN),
            new Setting(PLAIN, "quarkus.shutdown.delay-enabled", Rule.FLAG),
            new Setting(PLAIN, "quarkus.shutdown.delay", Rule.duration("0s", "5m")),
            new Setting(PLAIN, "quarkus.shutdown.timeout", Rule.duration("1ms", "5m")),
            new Setting(PLAIN, "quarkus.swagger-ui.enabled", Rule.FLAG),
            new Setting(PLAIN, "quarkus.log.console.json.enabled", Rule.FLAG),
            new Setting(PLAIN, "quarkus.otel.sdk.disabled", Rule.FLAG),
            new Setting(PLAIN, "quarkus.otel.exporter.otlp.endpoint", Rule.HTTP_URL),
            new Setting(PLAIN, "quarkus.otel.traces.sampler.arg", Rule.SHARE),
            // What the framework has and this service does not follow, and what had another name once.
            new Setting(PLAIN, "quarkus.http.cors.enabled", Rule.choice("false")),
            new Setting(PLAIN, "mp.jwt.token.header", Rule.choice("Authorization")),
            new Setting(PLAIN, "mp.jwt.token.cookie", Rule.nothing("tokens come in the Authorization header alone")),
            new Setting(PLAIN, "mp.jwt.verify.token.age", Rule.nothing("tokens end with their exp")),
            new Setting(PLAIN, "mp.jwt.decrypt.key.location", Rule.nothing("tokens are signed, never encrypted")),
            new Setting(
                    PLAIN,
                    "smallrye.jwt.verify.key.location",
                    Rule.nothing("MP_JWT_VERIFY_PUBLICKEY_LOCATION takes every form")),
            new Setting(PLAIN, "pbx.keys.retry", Rule.nothing("it is fixed now")),
            new Setting(PLAIN, "pbx.lookup.max-waiting", Rule.nothing("it is fixed now")),
            new Setting(PLAIN, "pbx.lookup.max-pending", Rule.nothing("it is fixed now")),
            new Setting(PLAIN, "pbx.requests.max-in-hand", Rule.nothing("it is PBX_REQUESTS_MAX_IN_FLIGHT now")),
            new Setting(PLAIN, "pbx.tokens.remember-for", Rule.nothing("it is PBX_TOKEN_CACHE_TTL now")));

    /**
     * Settings that count as false: an empty address in a forwarded header makes the framework throw before the first handler, and the
     * request is never answered.
     */
    static final List<String> IGNORED =
            List.of("quarkus.http.proxy.proxy-address-forwarding", "quarkus.management.proxy.proxy-address-forwarding");

    private static final Map<String, Setting> BY_PROPERTY =
            ALL.stream().collect(Collectors.toUnmodifiableMap(Setting::property, Function.identity()));

    private Settings() {}

    static String variable(String property) {
        return property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    /** A setting's value without the blanks around it and around its items; null for one of nothing but those. */
    static @Nullable String trimmed(String property, @Nullable String value) {
        Setting setting = BY_PROPERTY.get(property);
        if (setting == null || value == null) {
            return value != null && IGNORED.contains(property) ? "false" : value;
        }
        String trimmed = setting.kind() == LIST ? String.join(",", items(value)) : value.strip();
        return trimmed.isEmpty() ? null : trimmed;
    }

    private static List<String> items(String list) {
        return Arrays.stream(list.split(",", -1))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    /** How a message shows a value. */
    static String shown(String property, String value) {
        Setting setting = BY_PROPERTY.get(property);
        if (setting != null && setting.kind() == SECRET) {
            return "wrong (its value is not shown)";
        }
        String line = withoutSecrets(value).replaceAll("\\p{Cntrl}", "?");
        return '"' + (line.length() > 100 ? line.substring(0, 100) + '…' : line) + '"';
    }

    /** A URL without its user and its query; any other text as it is. */
    static String withoutSecrets(String value) {
        return value.contains("://") ? value.replaceFirst("//[^/@]*@", "//").replaceFirst("[?#].*", "") : value;
    }
}
