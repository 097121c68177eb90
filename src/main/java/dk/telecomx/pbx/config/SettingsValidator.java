package dk.telecomx.pbx.config;

import static dk.telecomx.pbx.config.Settings.ALL;
import static dk.telecomx.pbx.config.Settings.CONNECTION_STRING;
import static dk.telecomx.pbx.config.Settings.ISSUER;
import static dk.telecomx.pbx.config.Settings.KEY;
import static dk.telecomx.pbx.config.Settings.KEY_LOCATION;
import static dk.telecomx.pbx.config.Settings.MANAGEMENT_PORT;
import static dk.telecomx.pbx.config.Settings.PORT;
import static dk.telecomx.pbx.config.Settings.REFUSED;
import static dk.telecomx.pbx.config.Settings.trimmed;
import static dk.telecomx.pbx.config.Settings.variable;
import static dk.telecomx.pbx.config.Settings.withoutSecrets;

import dk.telecomx.pbx.config.Settings.Kind;
import dk.telecomx.pbx.config.Settings.Setting;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.ConfigValue;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds what is wrong with the settings of a start. */
final class SettingsValidator {

    /** The least ordinal of what operators set: config/application.properties has it, and the environment more. */
    private static final int OPERATORS = 260;

    private static final List<String> REQUIRED = List.of(CONNECTION_STRING, ISSUER);

    /** Values that ask for what is so anyway. */
    private static final Map<String, String> HARMLESS =
            Map.of("mp.jwt.token.header", "Authorization", "quarkus.http.cors.enabled", "false");

    private SettingsValidator() {}

    /** What is wrong with the settings, in one line that names the variable; null if nothing is. */
    static @Nullable String problem(Function<String, @Nullable ConfigValue> raw) {
        UnaryOperator<@Nullable String> values = property -> {
            ConfigValue value = raw.apply(property);
            return trimmed(property, value == null ? null : value.getValue());
        };
        return Stream.of(
                        REFUSED.keySet().stream().sorted().map(property -> refused(property, raw.apply(property))),
                        ALL.stream().map(setting -> wrong(setting, raw.apply(setting.property()))),
                        Stream.of(missing(values), contradiction(values)))
                .flatMap(Function.identity())
                .filter(problem -> !problem.isEmpty())
                .findFirst()
                .orElse(null);
    }

    private static String refused(String property, @Nullable ConfigValue value) {
        boolean harmless = value == null
                || value.getValue() == null
                || value.getConfigSourceOrdinal() < OPERATORS
                || value.getValue().strip().equals(HARMLESS.get(property));
        return harmless ? "" : variable(property) + " is set, and has no effect: " + REFUSED.get(property);
    }

    private static String wrong(Setting setting, @Nullable ConfigValue value) {
        if (value == null) {
            return "";
        }
        String given = value.getValue();
        if (given == null) {
            return value.getRawValue() == null
                    ? ""
                    : setting.variable()
                            + " has a ${…} in it that refers to a setting which is not there; a $ that is meant is written $$";
        }
        // A blank value is no way to ask for the default: it hides that.
        String trimmed = Objects.requireNonNullElse(trimmed(setting.property(), given), "");
        boolean isMissing = trimmed.isEmpty() && REQUIRED.contains(setting.property());
        return isMissing || setting.allows(trimmed)
                ? ""
                : setting.variable() + " is " + shown(setting, trimmed) + "; allowed: "
                        + setting.rule().allowed();
    }

    private static String shown(Setting setting, String value) {
        if (setting.kind() == Kind.SECRET) {
            return "wrong (its value is not shown)";
        }
        String line = withoutSecrets(value).replaceAll("\\p{Cntrl}", "?");
        return '"' + (line.length() > 100 ? line.substring(0, 100) + '…' : line) + '"';
    }

    private static String missing(UnaryOperator<@Nullable String> values) {
        for (String required : REQUIRED) {
            if (values.apply(required) == null) {
                return variable(required) + " is required, and it is not set";
            }
        }
        return values.apply(KEY) != null || values.apply(KEY_LOCATION) != null
                ? ""
                : "MP_JWT_VERIFY_PUBLICKEY or MP_JWT_VERIFY_PUBLICKEY_LOCATION is required, and neither is set";
    }

    private static String contradiction(UnaryOperator<@Nullable String> values) {
        String port = values.apply(PORT);
        if (port != null && port.equals(values.apply(MANAGEMENT_PORT)) && !port.equals("0")) {
            return "QUARKUS_MANAGEMENT_PORT is \"" + port + "\"; allowed: any but that of QUARKUS_HTTP_PORT";
        }
        return Stream.of(
                        atMost(values, "pbx.lookup.time-limit", "pbx.requests.time-limit"),
                        atMost(values, "pbx.keys.refresh", "pbx.keys.max-age"))
                .filter(problem -> !problem.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static String atMost(UnaryOperator<@Nullable String> values, String lesser, String greater) {
        String less = values.apply(lesser);
        String more = values.apply(greater);
        boolean fits = less == null
                || more == null
                || DurationConverter.parseDuration(less).compareTo(DurationConverter.parseDuration(more)) <= 0;
        return fits
                ? ""
                : variable(lesser) + " is \"" + less + "\"; allowed: at most that of " + variable(greater) + ", \""
                        + more + "\"";
    }
}
