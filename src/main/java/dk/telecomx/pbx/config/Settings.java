package dk.telecomx.pbx.config;

import static dk.telecomx.pbx.config.Rule.ALGORITHM;
import static dk.telecomx.pbx.config.Rule.FLAG;
import static dk.telecomx.pbx.config.Rule.TEXT;
import static dk.telecomx.pbx.config.Rule.choice;
import static dk.telecomx.pbx.config.Rule.duration;
import static dk.telecomx.pbx.config.Rule.number;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The settings that operators use, and what each may hold. docs/configuration.md has the same table. */
final class Settings {

    /** How a setting is read and shown. */
    enum Kind {
        PLAIN,
        /** Its value is never shown. */
        SECRET,
        /** Comma-separated; the rule is for each item. */
        LIST
    }

    record Setting(String property, Kind kind, Rule rule) {

        String variable() {
            return Settings.variable(property);
        }

        boolean allows(String value) {
            return kind == Kind.LIST ? items(value).stream().allMatch(rule::allows) : rule.allows(value);
        }
    }

    static final String ISSUER = "mp.jwt.verify.issuer";
    static final String KEY = "mp.jwt.verify.publickey";
    static final String KEY_LOCATION = "mp.jwt.verify.publickey.location";
    static final String CONNECTION_STRING = "quarkus.mongodb.connection-string";
    static final String PORT = "quarkus.http.port";
    static final String MANAGEMENT_PORT = "quarkus.management.port";

    static final List<Setting> ALL = List.of(
            secret(CONNECTION_STRING, Rule.CONNECTION_STRING),
            plain("quarkus.mongodb.database", Rule.DATABASE),
            plain("quarkus.mongodb.tls", FLAG),
            plain("quarkus.mongodb.tls-configuration-name", TEXT),
            plain("quarkus.mongodb.read-preference", choice("primary")),
            plain("quarkus.mongodb.max-pool-size", number(1, 10_000)),
            plain("quarkus.mongodb.connect-timeout", duration("1ms", "1m")),
            plain("quarkus.mongodb.read-timeout", duration("1ms", "1m")),
            plain("quarkus.mongodb.server-selection-timeout", duration("1ms", "1m")),
            plain("quarkus.mongodb.heartbeat-frequency", duration("500ms", "1m")),
            plain(ISSUER, TEXT),
            secret(KEY, Rule.KEY),
            plain(KEY_LOCATION, Rule.LOCATION),
            plain("mp.jwt.verify.publickey.algorithm", ALGORITHM),
            list("mp.jwt.verify.audiences", TEXT),
            plain("mp.jwt.verify.clock.skew", number(0, 300)),
            plain("pbx.keys.refresh", duration("1s", "1d")),
            plain("pbx.keys.time-limit", duration("10ms", "1m")),
            plain("pbx.keys.max-age", duration("1s", "7d")),
            plain("pbx.keys.tls-configuration-name", TEXT),
            plain("pbx.keys.proxy-configuration-name", TEXT),
            plain("pbx.token-cache.ttl", duration("1s", "1h")),
            secret("pbx.audit.key", Rule.AUDIT_KEY),
            plain("pbx.requests.max-in-flight", number(1, 1_000_000)),
            plain("pbx.requests.time-limit", duration("10ms", "1m")),
            plain("pbx.lookup.max-queries", number(1, 1000)),
            plain("pbx.lookup.time-limit", duration("10ms", "1m")),
            plain("pbx.health.time-limit", duration("10ms", "2s")),
            plain("quarkus.http.host", Rule.HOST),
            plain(PORT, number(0, 65_535)),
            plain("quarkus.management.host", Rule.HOST),
            plain(MANAGEMENT_PORT, number(0, 65_535)),
            plain("quarkus.http.limits.max-connections", number(1, 1_000_000)),
            plain("quarkus.http.limits.max-header-size", Rule.SIZE),
            plain("quarkus.http.limits.max-initial-line-length", number(256, 1_000_000)),
            plain("quarkus.http.idle-timeout", duration("1s", "1h")),
            plain("quarkus.http.http2", FLAG),
            plain("quarkus.http.access-log.enabled", FLAG),
            list("quarkus.http.cors.origins", Rule.ORIGIN),
            plain("quarkus.shutdown.delay-enabled", FLAG),
            plain("quarkus.shutdown.delay", duration("0s", "5m")),
            plain("quarkus.shutdown.timeout", duration("1ms", "5m")),
            plain("quarkus.swagger-ui.enabled", FLAG),
            plain("quarkus.log.console.json.enabled", FLAG),
            plain("quarkus.otel.sdk.disabled", FLAG),
            plain("quarkus.otel.exporter.otlp.endpoint", Rule.HTTP_URL),
            plain("quarkus.otel.traces.sampler.arg", Rule.SHARE));

    /** Settings that are gone, or that the framework has and this service does not follow, and what to do instead. */
    static final Map<String, String> REFUSED = Map.ofEntries(
            Map.entry("pbx.requests.max-in-hand", "it is PBX_REQUESTS_MAX_IN_FLIGHT now"),
            Map.entry("pbx.tokens.remember-for", "it is PBX_TOKEN_CACHE_TTL now"),
            Map.entry("pbx.lookup.max-waiting", "it is fixed now"),
            Map.entry("pbx.lookup.max-pending", "it is fixed now"),
            Map.entry("pbx.lookup.max-waiting-ids", "it is fixed now"),
            Map.entry("pbx.lookup.max-joined-ids", "it is fixed now"),
            Map.entry("pbx.lookup.alone-above", "it is fixed now"),
            Map.entry("pbx.lookup.patience", "it is fixed now"),
            Map.entry("pbx.keys.retry", "it is fixed now"),
            Map.entry("pbx.tokens.max-remembered", "it is fixed now"),
            Map.entry("pbx.warm-up.rounds", "it is fixed now"),
            Map.entry("quarkus.http.cors.enabled", "QUARKUS_HTTP_CORS_ORIGINS alone turns CORS on"),
            Map.entry("mp.jwt.token.header", "tokens come in the Authorization header alone"),
            Map.entry("mp.jwt.token.cookie", "tokens come in the Authorization header alone"),
            Map.entry("mp.jwt.verify.token.age", "tokens end with their exp"),
            Map.entry("mp.jwt.decrypt.key.location", "tokens are signed, never encrypted"),
            Map.entry("smallrye.jwt.verify.key.location", "MP_JWT_VERIFY_PUBLICKEY_LOCATION takes every form"));

    /**
     * Settings that count for nothing, and what is read instead. An empty address in a forwarded header makes the framework throw before
     * the first handler, and the request is never answered.
     */
    static final Map<String, String> IGNORED = Map.of(
            "quarkus.http.proxy.proxy-address-forwarding", "false",
            "quarkus.http.proxy.trusted-proxies", "",
            "quarkus.management.proxy.proxy-address-forwarding", "false",
            "quarkus.management.proxy.trusted-proxies", "");

    private static final Map<String, Setting> BY_PROPERTY =
            ALL.stream().collect(Collectors.toUnmodifiableMap(Setting::property, Function.identity()));

    private Settings() {}

    private static Setting plain(String property, Rule rule) {
        return new Setting(property, Kind.PLAIN, rule);
    }

    private static Setting secret(String property, Rule rule) {
        return new Setting(property, Kind.SECRET, rule);
    }

    private static Setting list(String property, Rule item) {
        return new Setting(property, Kind.LIST, item);
    }

    static String variable(String property) {
        return property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    static List<String> items(String list) {
        return Arrays.stream(list.split(",", -1))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    /** A setting's value without the blanks around it and around its items; null for one of nothing but those. */
    static @Nullable String trimmed(String property, @Nullable String value) {
        Setting setting = BY_PROPERTY.get(property);
        if (setting == null || value == null) {
            return value == null ? null : IGNORED.getOrDefault(property, value);
        }
        String trimmed = setting.kind() == Kind.LIST ? String.join(",", items(value)) : value.strip();
        return trimmed.isEmpty() ? null : trimmed;
    }

    /** A URL without its user and its query; any other text as it is. */
    static String withoutSecrets(String value) {
        return value.contains("://") ? value.replaceFirst("//[^/@]*@", "//").replaceFirst("[?#].*", "") : value;
    }
}
