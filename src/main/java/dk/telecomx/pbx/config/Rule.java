package dk.telecomx.pbx.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.mongodb.ConnectionString;
import com.mongodb.MongoCompressor;
import io.quarkus.runtime.configuration.DurationConverter;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What a setting may hold.
 *
 * @param allowed in words, as an operator reads them after "allowed: "
 * @param test of a value without blanks around it; may throw a RuntimeException for one that is not allowed
 */
record Rule(String allowed, Predicate<String> test) {

    static final Rule TEXT = new Rule("text on one line", value -> value.chars().noneMatch(Character::isISOControl));
    static final Rule KEY = new Rule("a public key in PEM, a JWK or a JWKS", value -> true);
    static final Rule AUDIT_KEY =
            new Rule("32 to 256 characters of ASCII without blanks", value -> value.matches("([!-~]{32,256})?"));
    static final Rule FLAG = choice("true", "false");
    static final Rule SHARE = new Rule("a number from 0 to 1", value -> isBetween(new BigDecimal(value), 0, 1));
    static final Rule HTTP_URL = new Rule("a URL, such as http://collector:4317", Rule::isHttpUrl);
    static final Rule LOCATION = new Rule(
            "the path of a file, or a URL that begins with file:, http:// or https://",
            value -> !value.matches("https?:.*") || isHttpUrl(value));
    static final Rule ORIGIN = new Rule(
            "origins, such as https://app.example.com, or *, separated by commas",
            value -> value.equals("*") || isOrigin(value));
    static final Rule HOST = new Rule("a host name or an IP address", value -> value.matches("[\\w.:%\\[\\]-]+"));
    static final Rule ALGORITHM =
            choice("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512");
    static final Rule DATABASE = new Rule(
            "a database's name of 1 to 63 bytes, without blanks and MongoDB's forbidden characters",
            Pattern.compile("(?U)[^/\\\\.\"$*<>:|?\\s\\x00]{1,63}")
                    .asMatchPredicate()
                    .and(value -> utf8(value) < 64));
    static final Rule SIZE = new Rule("a size in bytes, such as 8192 or 16K", Rule::isSize);
    static final Rule CONNECTION_STRING = new Rule(
            "mongodb://[user:password@]host[:port][,host…]/[?options], with special characters in user and password"
                    + " percent-encoded; of the compressors only zlib",
            Rule::isConnectionString);

    boolean allows(String value) {
        try {
            return test.test(value);
        } catch (RuntimeException malformed) {
            return false;
        }
    }

    static Rule number(long least, long most) {
        return new Rule(
                "a whole number from " + least + " to " + most,
                value -> value.matches("-?\\d{1,18}") && isBetween(new BigDecimal(value), least, most));
    }

    static Rule duration(String least, String most) {
        Duration min = DurationConverter.parseDuration(least);
        Duration max = DurationConverter.parseDuration(most);
        return new Rule("a time from " + least + " to " + most + ", such as 1500ms, 30s or PT2M", value -> {
            Duration time = DurationConverter.parseDuration(value);
            return time.compareTo(min) >= 0
                    && time.compareTo(max) <= 0
                    && time.equals(Duration.ofMillis(time.toMillis()));
        });
    }

    static Rule choice(String... values) {
        return new Rule(String.join(" or ", values), List.of(values)::contains);
    }

    /** The host names of a connection string that is allowed. */
    static String hosts(String connectionString) {
        return String.join(",", parsed(connectionString).getHosts());
    }

    private static boolean isBetween(BigDecimal value, long least, long most) {
        return value.compareTo(BigDecimal.valueOf(least)) >= 0 && value.compareTo(BigDecimal.valueOf(most)) <= 0;
    }

    private static boolean isSize(String value) {
        return value.matches("[1-9]\\d{0,8}[kKmM]?");
    }

    private static int utf8(String value) {
        return value.getBytes(UTF_8).length;
    }

    private static boolean isHttpUrl(String value) {
        URI url = URI.create(value);
        return ("http".equals(url.getScheme()) || "https".equals(url.getScheme())) && url.getHost() != null;
    }

    /** As a browser sends it: scheme, host and perhaps a port, in lower case. */
    private static boolean isOrigin(String origin) {
        try {
            URI uri = new URI(origin);
            String authority = uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
            return origin.equals((uri.getScheme() + "://" + authority).toLowerCase(Locale.ROOT));
        } catch (URISyntaxException malformed) {
            return false;
        }
    }

    private static boolean isConnectionString(String value) {
        ConnectionString parsed = parsed(value);
        return parsed.getCompressorList().stream().map(MongoCompressor::getName).allMatch("zlib"::equals);
    }

    /** Without the SRV record, which the driver asks for as soon as it reads such a string. */
    private static ConnectionString parsed(String value) {
        return new ConnectionString(
                value.replaceFirst("^mongodb\\+srv://", "mongodb://").replaceAll("(?<=[?&])srv[^&]*&?", ""));
    }
}
