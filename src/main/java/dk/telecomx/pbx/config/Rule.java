package dk.telecomx.pbx.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import dk.telecomx.pbx.mongo.ConnectionStrings;
import io.quarkus.runtime.configuration.DurationConverter;
import java.net.URI;
import java.time.temporal.ValueRange;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What a setting may hold: in words, as read after "allowed: ", and as a test of a trimmed value, which may throw for one that is not allowed. */
record Rule(String allowed, Predicate<String> test) {

    static final Rule TEXT = matching("text on one line", "\\P{Cc}*");
    static final Rule KEY = new Rule("a public key in PEM, a JWK or a JWKS", value -> true);
    static final Rule AUDIT_KEY = matching("32 to 256 characters of ASCII without blanks", "([!-~]{32,256})?");
    static final Rule FLAG = choice("true", "false");
    static final Rule SHARE = matching("a number from 0 to 1", "0|1|0?\\.\\d+|[01]\\.0+");
    static final Rule HTTP_URL = new Rule("a URL, such as http://collector:4317", Rule::isHttpUrl);
    static final Rule LOCATION = new Rule(
            "a file's path, or a file:, http:// or https:// URL without a user, with special characters percent-encoded",
            value -> !value.matches("(?is)https?:.*|.*://.*") || value.startsWith("file:") || isHttpUrl(value));
    /** Each as a browser sends it: scheme, host and perhaps a port that is not the scheme's own, in lower case. */
    static final Rule ORIGINS = matching(
            "origins, such as https://app.example.com, or *, separated by commas",
            "((\\*|(?!https://[^,]*:443(,|$)|http://[^,]*:80(,|$))[a-z][a-z0-9+.-]*://([a-z0-9._-]+|\\[[0-9a-f:.]+])(:\\d+)?)(,|$))*");

    static final Rule HOST = matching("a host name or an IP address", "[\\w.:%\\[\\]-]+");
    static final Rule ALGORITHM =
            choice("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512");
    static final Rule DATABASE = new Rule(
            "a database's name of 1 to 63 bytes, without blanks and MongoDB's forbidden characters",
            value -> value.matches("(?U)[^/\\\\.\"$*<>:|?\\s\\x00]+") && value.getBytes(UTF_8).length < 64);
    static final Rule SIZE = matching("a size from 1000 to 999M", "[1-9](\\d{3,8}|\\d{0,5}[kK]|\\d{0,2}[mM])");
    static final Rule CONNECTION_STRING = new Rule(
            "mongodb://[user:password@]host[:port][,host…]/[?options], or mongodb+srv:// with one host and no port; special"
                    + " characters in user and password percent-encoded; of the compressors only zlib",
            // The driver asks DNS when it reads mongodb+srv://, so what it allows there is said here.
            value -> value.isEmpty()
                    || (value.matches("(?is)mongodb://[^?]*(\\?(?!srv)((?!&srv).)*)?|(?!.*[?&]directConnection=true)"
                                    + "mongodb\\+srv://([^@/]*@)?[^@/:,?]+([/?].*)?")
                            && List.of("zlib").containsAll(ConnectionStrings.compressorNames(value))));

    boolean allows(String value) {
        try {
            return test.test(value);
        } catch (RuntimeException malformed) {
            return false;
        }
    }

    static Rule number(long least, long most) {
        ValueRange range = ValueRange.of(least, most);
        return new Rule(
                "a whole number from " + least + " to " + most, value -> range.isValidValue(Long.parseLong(value)));
    }

    /** Whole milliseconds: what is shorter would count as none. */
    static Rule duration(String least, String most) {
        ValueRange range = ValueRange.of(nanos(least), nanos(most));
        return new Rule(
                "a time from " + least + " to " + most + ", such as 1500ms, 30s or PT2M",
                value -> range.isValidValue(nanos(value)) && nanos(value) % 1_000_000 == 0);
    }

    static Rule choice(String... values) {
        return new Rule(String.join(" or ", values), List.of(values)::contains);
    }

    static Rule nothing(String why) {
        return new Rule("nothing, since " + why, String::isEmpty);
    }

    private static Rule matching(String allowed, String regex) {
        return new Rule(allowed, Pattern.compile(regex).asMatchPredicate());
    }

    private static long nanos(String duration) {
        return DurationConverter.parseDuration(duration).toNanos();
    }

    private static boolean isHttpUrl(String value) {
        URI url = URI.create(value);
        return url.getScheme().matches("https?") && url.getHost() != null && url.getRawUserInfo() == null;
    }
}
