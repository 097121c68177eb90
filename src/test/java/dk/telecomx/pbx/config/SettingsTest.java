package dk.telecomx.pbx.config;

import static org.assertj.core.api.Assertions.assertThat;

import dk.telecomx.pbx.FrameworkSettings;
import dk.telecomx.pbx.mongo.ConnectionStrings;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every setting that is offered, with what operators give by mistake. */
class SettingsTest {

    private static final Map<String, String> ENOUGH = Map.of(
            "quarkus.mongodb.connection-string", "mongodb://127.0.0.1:1",
            "mp.jwt.verify.issuer", "https://login.telecomx.example",
            "mp.jwt.verify.publickey", "-----BEGIN PUBLIC KEY-----");

    private static final Set<String> WITHOUT_A_DEFAULT = Set.of(
            "quarkus.mongodb.connection-string",
            "mp.jwt.verify.issuer",
            "mp.jwt.verify.publickey",
            "mp.jwt.verify.publickey.location",
            "mp.jwt.verify.audiences",
            "quarkus.http.cors.origins",
            "quarkus.mongodb.tls-configuration-name",
            "pbx.keys.tls-configuration-name",
            "pbx.keys.proxy-configuration-name",
            "pbx.audit.key");

    static Stream<String> all() {
        return Settings.RULES.keySet().stream();
    }

    static Stream<String> numbers() {
        return all().filter(setting -> rule(setting).allowed().startsWith("a whole number"));
    }

    static Stream<String> times() {
        return all().filter(setting -> rule(setting).allowed().startsWith("a time"));
    }

    @Test
    void areRightWhereTheRequiredOnesAreSet() {
        assertThat(problem(ENOUGH)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "quarkus.mongodb.connection-string, QUARKUS_MONGODB_CONNECTION_STRING",
        "mp.jwt.verify.issuer, MP_JWT_VERIFY_ISSUER",
        "mp.jwt.verify.publickey, MP_JWT_VERIFY_PUBLICKEY"
    })
    void areMissingWhereARequiredOneIsAbsentOrBlank(String property, String variable) {
        for (String blank : List.of("", "  ", "\n")) {
            assertThat(problem(with(property, blank))).startsWith(variable).contains("is required");
        }
        Map<String, String> settings = new HashMap<>(ENOUGH);
        settings.remove(property);
        assertThat(problem(settings)).startsWith(variable).contains("is required");
    }

    /** An issuer with a newline at its end once was 401 for everybody. */
    @ParameterizedTest
    @MethodSource("all")
    void haveNoBlanksAroundThem(String setting) {
        assertThat(Settings.trimmed(setting, " \t7s \r\n")).isEqualTo("7s");
        assertThat(Settings.trimmed(setting, " \n")).isNull();
    }

    /** A blank one once hid its default: the start ended with a stack trace, or the service with no limit. */
    @ParameterizedTest
    @MethodSource("all")
    void areRefusedBlankWhereTheyHaveADefault(String setting) {
        boolean hasDefault = !WITHOUT_A_DEFAULT.contains(setting) && isFollowed(setting);
        for (String blank : List.of("", " ", " \n")) {
            String problem = problem(with(setting, blank));
            if (hasDefault) {
                assertThat(problem)
                        .isEqualTo(Settings.variable(setting) + " is \"\"; allowed: "
                                + rule(setting).allowed());
            } else if (!ENOUGH.containsKey(setting)) {
                assertThat(problem).isNull();
            }
        }
    }

    @Test
    void haveNoBlanksAroundTheirItems() {
        assertThat(Settings.trimmed("mp.jwt.verify.audiences", "a, b ,\n,c\n")).isEqualTo("a,b,c");
        assertThat(Settings.trimmed("mp.jwt.verify.audiences", ",")).isNull();
    }

    /** Zero once was taken for a number of requests, and nobody was served. */
    @ParameterizedTest
    @MethodSource("numbers")
    void takeNumbersInTheirRangeAlone(String number) {
        for (String wrong : List.of("abc", "-1", "1.5", "99999999999", "9".repeat(40), "1e2", "0x10", "1 000")) {
            refuses(number, wrong);
        }
        boolean mayBeZero = rule(number).allows("0");
        assertThat(mayBeZero)
                .isEqualTo(List.of("quarkus.http.port", "quarkus.management.port", "mp.jwt.verify.clock.skew")
                        .contains(number));
    }

    /** Zero once stopped the refresh of keys for good. */
    @ParameterizedTest
    @MethodSource("times")
    void takeTimesInTheirRangeAlone(String time) {
        for (String wrong :
                List.of("abc", "-1s", "PT-1S", "PT0.0001S", "900us", "0.1ms", "soon", "9999d", "9".repeat(40), "1 s")) {
            refuses(time, wrong);
        }
        assertThat(rule(time).allows("0s")).isEqualTo(time.equals("quarkus.shutdown.delay"));
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of("a flag that is a word", "quarkus.swagger-ui.enabled", "yes"),
                Arguments.of("a share above 1", "quarkus.otel.traces.sampler.arg", "1.1"),
                Arguments.of("a share that is text", "quarkus.otel.traces.sampler.arg", "all"),
                Arguments.of("a symmetric algorithm", "mp.jwt.verify.publickey.algorithm", "HS256"),
                Arguments.of("no algorithm", "mp.jwt.verify.publickey.algorithm", "none"),
                Arguments.of("an algorithm in small letters", "mp.jwt.verify.publickey.algorithm", "rs256"),
                Arguments.of("an issuer of two lines", "mp.jwt.verify.issuer", "a\nb"),
                Arguments.of("reads from elsewhere", "quarkus.mongodb.read-preference", "secondary"),
                Arguments.of("a URL without a host", "mp.jwt.verify.publickey.location", "https://"),
                Arguments.of("a URL with a blank", "mp.jwt.verify.publickey.location", "http://no such host/"),
                Arguments.of("a collector without a scheme", "quarkus.otel.exporter.otlp.endpoint", "collector:4317"),
                Arguments.of("a size of nothing", "quarkus.http.limits.max-header-size", "0"),
                Arguments.of("a size that forgets its K", "quarkus.http.limits.max-header-size", "16"),
                Arguments.of("a size beyond an int", "quarkus.http.limits.max-header-size", "2048M"),
                Arguments.of("a URL with a user", "mp.jwt.verify.publickey.location", "https://me:pw@host/keys"),
                Arguments.of("a host of two words", "quarkus.http.host", "0.0.0.0 localhost"),
                Arguments.of("a database with a dot", "quarkus.mongodb.database", "pbx.main"),
                Arguments.of("a database with a slash", "quarkus.mongodb.database", "pbx/main"),
                Arguments.of("a database with a blank", "quarkus.mongodb.database", "pbx main"),
                Arguments.of("a database with a $", "quarkus.mongodb.database", "p$x"),
                Arguments.of("a database of 64 bytes", "quarkus.mongodb.database", "ø".repeat(32)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void refuse(String what, String property, String value) {
        refuses(property, value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "desk.telecomx.example",
                "https://desk.telecomx.example/",
                "https://desk.telecomx.example/x",
                "https://Desk.telecomx.example",
                "https://",
                "https://a.example,odd one",
                "https://desk.telecomx.example:443",
                "https://a.example,http://[::1]:80",
                "/https:.*/",
                "null"
            })
    void refuseAnOriginThatIsNone(String origins) {
        refuses("quarkus.http.cors.origins", origins);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://desk.telecomx.example, capacitor://localhost",
                "*",
                "http://localhost:8100,",
                "https://a.example:80,http://a.example:443,https://a.example:4430"
            })
    void takeOrigins(String origins) {
        assertThat(problem(with("quarkus.http.cors.origins", origins))).isNull();
    }

    /** Each once was a stack trace without the variable's name, or a driver that never recovered. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:27017",
                "http://user:hidden@host",
                "mongodb://",
                "mongodb://user:hid/den@host",
                "mongodb://user:hid@den@host",
                "mongodb://user:hid:den@host",
                "mongodb://host:hidden",
                "mongodb://host:99999",
                "mongodb://user:hidden%zz@host/?w=majority",
                "mongodb://host/?authMechanism=hidden",
                "mongodb://host/?compressors=zstd",
                "mongodb://host/?compressors=zlib,snappy",
                "mongodb://host/?srvMaxHosts=2",
                "mongodb://host/?w=1&srvServiceName=hidden",
                "mongodb+srv://user:hidden@host:27017/",
                "mongodb+srv://user:hidden@host,other/",
                "mongodb+srv://user:hidden@host/?w=1&directConnection=true",
                "mongodb+srv://user:hidden@host?directConnection=true",
                "$"
            })
    void refuseAConnectionStringWithoutShowingIt(String value) {
        assertThat(problem(with("quarkus.mongodb.connection-string", value)))
                .startsWith("QUARKUS_MONGODB_CONNECTION_STRING is wrong (its value is not shown); allowed: mongodb://")
                .doesNotContain("hid")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mongodb://user:p$w@host:27017,other:27018/admin?replicaSet=rs0&tls=true",
                "mongodb+srv://user:pw@cluster.example/?srvMaxHosts=2&w=majority",
                "mongodb://user:p&srv@host/?w=1&compressors=zlib",
                "mongodb+srv://cluster.example?readPreference=nearest&readPreferenceTags=dc:ny,rack:1",
                "mongodb://host\n"
            })
    void takeAConnectionString(String value) {
        assertThat(problem(with("quarkus.mongodb.connection-string", value))).isNull();
    }

    /** It once was said not to be set. */
    @ParameterizedTest
    @ValueSource(strings = {"mongodb://user:${PASSWORD_OF_NOBODY}@host", "mongodb://user:pa${ss@host"})
    void tellAReferenceThatLeadsNowhere(String value) {
        assertThat(problem(with("quarkus.mongodb.connection-string", value)))
                .startsWith("QUARKUS_MONGODB_CONNECTION_STRING has a ${…} in it")
                .doesNotContain("user");
    }

    @Test
    void neverShowAKey() {
        assertThat(Settings.SECRETS)
                .containsExactlyInAnyOrder(
                        "quarkus.mongodb.connection-string", "mp.jwt.verify.publickey", "pbx.audit.key");
    }

    /** A password that was not escaped once was shown: what makes a URL malformed may be in its password. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://user:hidden@/keys?token=hidden",
                "https://user:hid/hidden@host/keys",
                "https://user:hid@hidden@/keys",
                "https://user:hid?hidden@host:port/keys",
                "https://user:hid#hidden@ host/keys",
                "https://user:hidden\nhidden@host/keys",
                "HTTPS://user:hidden@host/keys",
                "ftp://user:hidden@host/keys"
            })
    void neverShowAPasswordInAUrl(String url) {
        for (String setting : List.of("mp.jwt.verify.publickey.location", "quarkus.otel.exporter.otlp.endpoint")) {
            assertThat(problem(with(setting, url)))
                    .startsWith(Settings.variable(setting))
                    .doesNotContain("hid");
        }
    }

    /** An @ behind the host once was taken for the end of a user, and the log named another host. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    https://user:hidden@host/u/@me?mail=a@b | https://host/u/@me
                    https://host/keys?mail=a@b#c@d          | https://host/keys
                    /etc/pbx/keys@host.pem                  | /etc/pbx/keys@host.pem
                    """)
    void showAUrlWithoutItsUserAndItsQuery(String value, String shown) {
        assertThat(Settings.withoutSecrets(value)).isEqualTo(shown);
    }

    /** The log shows where the database is. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    mongodb://user:hidden@one:1,two:2/admin?appName=hidden | [one:1, two:2]
                    mongodb://one:7/hidden@two | [one:7]
                    mongodb+srv://user:hidden@one/?tls=true | [one]
                    """)
    void showTheHostsOfAConnectionStringAlone(String value, String shown) {
        assertThat(ConnectionStrings.hosts(value)).hasToString(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0123456789abcdef0123456789abcde",
                "0123456789abcdef 0123456789abcdef",
                "0123456789abcdef0123456789abcdeé"
            })
    void refuseAnAuditKeyThatIsShortOrNoAscii(String key) {
        assertThat(problem(with("pbx.audit.key", key)))
                .isEqualTo(
                        "PBX_AUDIT_KEY is wrong (its value is not shown); allowed: 32 to 256 characters of ASCII without blanks");
    }

    static Stream<Arguments> notFollowed() {
        return Stream.of(
                Arguments.of("quarkus.http.cors.enabled", "\"60s\"; allowed: false"),
                Arguments.of("mp.jwt.token.header", "\"60s\"; allowed: Authorization"),
                Arguments.of("quarkus.http.http2", "\"60s\"; allowed: false"),
                Arguments.of("quarkus.http.limits.max-body-size", "\"60s\"; allowed: nothing, since no request needs"),
                Arguments.of("mp.jwt.token.cookie", "\"60s\"; allowed: nothing, since tokens come in the"),
                Arguments.of("mp.jwt.verify.token.age", "\"60s\"; allowed: nothing, since tokens end with their exp"),
                Arguments.of("mp.jwt.decrypt.key.location", "\"60s\"; allowed: nothing, since tokens are signed"),
                Arguments.of("smallrye.jwt.time-to-live", "\"60s\"; allowed: nothing, since tokens end with their exp"),
                Arguments.of("smallrye.jwt.required.claims", "\"60s\"; allowed: nothing, since the claims that"),
                Arguments.of("smallrye.jwt.path.groups", "\"60s\"; allowed: nothing, since levels come in the"),
                Arguments.of("smallrye.jwt.verify.key.location", "\"60s\"; allowed: nothing, since MP_JWT_VERIFY"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("notFollowed")
    void areRefusedWhereTheyHaveNoEffect(String property, String problem) {
        assertThat(problem(with(property, "60s"))).startsWith(Settings.variable(property) + " is " + problem);
        assertThat(problem(with("mp.jwt.token.header", "Authorization"))).isNull();
        assertThat(problem(with("quarkus.http.cors.enabled", "false"))).isNull();
    }

    @Test
    void mayNotContradictEachOther() {
        Map<String, String> settings = with("quarkus.http.port", "9000");
        settings.put("quarkus.management.port", "9000");
        assertThat(problem(settings)).startsWith("QUARKUS_MANAGEMENT_PORT is \"9000\"; allowed: ");

        settings = with("pbx.lookup.time-limit", "5s");
        settings.put("pbx.requests.time-limit", "2800ms");
        assertThat(problem(settings)).startsWith("PBX_LOOKUP_TIME_LIMIT is \"5s\"; allowed: at most");

        settings = with("pbx.requests.time-limit", "5s");
        settings.put("quarkus.http.idle-timeout", "4s");
        assertThat(problem(settings)).startsWith("PBX_REQUESTS_TIME_LIMIT is \"5s\"; allowed: at most");

        settings = with("pbx.requests.time-limit", "5s");
        settings.put("quarkus.shutdown.timeout", "4s");
        assertThat(problem(settings)).startsWith("PBX_REQUESTS_TIME_LIMIT is \"5s\"; allowed: at most");

        settings = with("pbx.keys.refresh", "2h");
        settings.put("pbx.keys.max-age", "1h");
        assertThat(problem(settings)).startsWith("PBX_KEYS_REFRESH is \"2h\"; allowed: at most");
    }

    /** The reference lists each setting with what it may hold, and no other. */
    @Test
    void areThoseOfTheReference() throws IOException {
        List<String> rows = Pattern.compile("(?m)^\\| `([A-Z_0-9]+)` \\| ([^|]+) \\|")
                .matcher(Files.readString(Path.of("docs/configuration.md")))
                .results()
                .map(row -> row.group(1) + ": " + row.group(2).strip())
                .toList();

        assertThat(rows)
                .containsExactlyInAnyOrderElementsOf(all().filter(SettingsTest::isFollowed)
                        .map(setting -> Settings.variable(setting) + ": "
                                + rule(setting).allowed())
                        .toList());
    }

    /** Those that application.properties gives are the reference's. */
    @Test
    void haveTheDefaultsOfTheReference() throws IOException {
        Properties given = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of("src/main/resources/application.properties"))) {
            given.load(reader);
        }
        Map<String, String> defaults = new HashMap<>();
        all().filter(setting -> isFollowed(setting) && given.containsKey(setting))
                .forEach(setting -> defaults.put(
                        Settings.variable(setting), given.getProperty(setting).replaceFirst("S$", "s")));

        Map<String, String> rows = Pattern.compile("(?m)^\\| `([A-Z_0-9]+)` \\| [^|]+ \\| `([^`|]+)` \\|")
                .matcher(Files.readString(Path.of("docs/configuration.md")))
                .results()
                .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2)));

        assertThat(defaults).isNotEmpty();
        assertThat(rows).containsAllEntriesOf(defaults);
    }

    /** QUARKUS_SHUTDOWN_DELAY_ENABLED was one of them: it is taken when the service is built, and had no effect at the start. */
    @Test
    void countAtTheStart() {
        assertThat(all().filter(setting -> setting.startsWith("quarkus."))).isSubsetOf(FrameworkSettings.AT_START);
    }

    private static boolean isFollowed(String setting) {
        return !rule(setting).allowed().startsWith("nothing");
    }

    private static void refuses(String setting, String value) {
        assertThat(problem(with(setting, value)))
                .as(value)
                .startsWith(Settings.variable(setting) + " is \"")
                .endsWith("; allowed: " + rule(setting).allowed())
                .hasLineCount(1);
    }

    private static Rule rule(String setting) {
        return Objects.requireNonNull(Settings.RULES.get(setting));
    }

    private static Map<String, String> with(String property, String value) {
        Map<String, String> settings = new HashMap<>(ENOUGH);
        settings.put(property, value);
        return settings;
    }

    private static @Nullable String problem(Map<String, String> settings) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(settings, "environment", 300))
                .build();
        try {
            SettingsCheck.check(config::getConfigValue);
            return null;
        } catch (ConfigurationException wrong) {
            return wrong.getMessage();
        }
    }
}
