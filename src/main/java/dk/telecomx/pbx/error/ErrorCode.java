package dk.telecomx.pbx.error;

import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The codes of errors (contract, section 5): the only place with their statuses, and the reasons that {@code pbx_refusals_total} tells apart. */
@SuppressWarnings("ImmutableEnumChecker") // nobody can change what Map.of and List.of make
enum ErrorCode {
    BAD_REQUEST(400, Map.of(), "request"),
    CREDENTIALS_INVALID(401, challenge(""), "missing"),
    FORMAT_ERROR(401, challenge(", error=\"invalid_request\""), "malformed_header"),
    EXPIRED(401, challenge(", error=\"invalid_token\""), "expired"),
    INVALID_TOKEN(
            401,
            challenge(", error=\"invalid_token\""),
            "signature",
            "issuer",
            "audience",
            "algorithm",
            "unknown_key",
            "malformed",
            "not_yet_valid",
            "expiry",
            "subject",
            "other"),
    ACCESS_DENIED(403, Map.of(), "level", "foreign"),
    NOT_FOUND(404, Map.of(), "group", "path"),
    METHOD_NOT_ALLOWED(405, Map.of(), "method"),
    INTERNAL_ERROR(500, Map.of(), "database", "time_limit", "keys", "unreadable", "bug"),
    OVERLOADED(503, Map.of(HttpHeaders.RETRY_AFTER, "1"), "overloaded");

    final int status;
    final Map<String, String> headers;
    final List<String> reasons;

    ErrorCode(int status, Map<String, String> headers, String... reasons) {
        this.status = status;
        this.headers = headers;
        this.reasons = List.of(reasons);
    }

    private static Map<String, String> challenge(String error) {
        return Map.of(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"pbx\"" + error);
    }

    /** As the contract writes it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
