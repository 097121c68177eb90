package dk.telecomx.pbx.error;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.ws.rs.core.HttpHeaders;
import java.util.HashMap;
import java.util.Map;

/**
 * Why a request is not answered with what it asked for, and the response that says so:
 * {@code {"error":{"message":"…","code":"…","status":404}}} (contract, section 5).
 *
 * <p>A failure is an expected outcome, so it carries no stack trace.
 */
@SuppressWarnings("StaticAssignmentOfThrowable") // immutable: no stack trace, no cause, no suppressed ones
public final class Failure extends RuntimeException {

    /** There is no {@code Authorization} header. */
    public static final Failure CREDENTIALS_MISSING =
            new Failure(ErrorCode.CREDENTIALS_INVALID, "missing", "Authorization required, please login");

    /** The {@code Authorization} header is not {@code Bearer <token>}, or there are several. */
    public static final Failure CREDENTIALS_MALFORMED = new Failure(
            ErrorCode.FORMAT_ERROR, "malformed_header", "Authorization header format is Authorization: Bearer <token>");

    /** The token is genuine and would be good, were it not past its {@code exp}. */
    public static final Failure SESSION_EXPIRED =
            new Failure(ErrorCode.EXPIRED, "expired", "Session has expired, please login");

    /** No item has that id, or an item of another type. */
    public static final Failure GROUP_NOT_FOUND = new Failure(ErrorCode.NOT_FOUND, "group", "Group not found");

    static final Failure PATH_NOT_FOUND = new Failure(ErrorCode.NOT_FOUND, "path", "Not found");
    static final Failure METHOD_NOT_ALLOWED = new Failure(ErrorCode.METHOD_NOT_ALLOWED, "method", "Method not allowed");
    static final Failure BUG = new Failure(ErrorCode.INTERNAL_ERROR, "bug", "a bug");

    /** The keys that tokens are verified with could not be fetched. */
    public static final Failure KEYS_UNAVAILABLE =
            new Failure(ErrorCode.INTERNAL_ERROR, "keys", "no keys to verify tokens with");

    /** There is more work than can be queued. */
    public static final Failure OVERLOADED =
            new Failure(ErrorCode.OVERLOADED, "overloaded", "Too many requests at the moment");

    private final ErrorCode code;
    private final String reason;
    private final Map<String, String> headers;
    private final byte[] body;

    /**
     * @param reason one of the code's reasons
     * @param message for the caller, without quotes and backslashes; that of an {@link ErrorCode#INTERNAL_ERROR} is for the log alone
     */
    private Failure(ErrorCode code, String reason, String message) {
        super(message, null, false, false);
        this.code = code;
        this.reason = reason;
        String clientMessage = code == ErrorCode.INTERNAL_ERROR ? "Internal server error" : message;
        body = ("{\"error\":{\"message\":\"" + clientMessage + "\",\"code\":\"" + code + "\",\"status\":" + code.status
                        + "}}")
                .getBytes(UTF_8);
        Map<String, String> all = new HashMap<>(code.headers);
        all.put(HttpHeaders.CONTENT_TYPE, "application/json");
        all.put(HttpHeaders.CACHE_CONTROL, "no-store");
        // Set here for HEAD, which is sent without the body.
        all.put(HttpHeaders.CONTENT_LENGTH, String.valueOf(body.length));
        headers = Map.copyOf(all);
    }

    /** The request itself is wrong. */
    public static Failure badRequest(String message) {
        return new Failure(ErrorCode.BAD_REQUEST, "request", message);
    }

    /** The token is not one of ours. */
    public static Failure tokenInvalid(String reason) {
        return new Failure(ErrorCode.INVALID_TOKEN, reason, "Undecipherable");
    }

    /** The caller may not read what was asked for, by this rule. */
    public static Failure accessDenied(String rule) {
        return new Failure(ErrorCode.ACCESS_DENIED, rule, "Insufficient access level");
    }

    /** A stored document is not what the contract knows: the document, and why, for the log. */
    public static Failure unreadable(String document, String why) {
        return new Failure(ErrorCode.INTERNAL_ERROR, "unreadable", document + " is unreadable: " + why);
    }

    /** The database did not answer, or with an error: what the driver says, for the log. */
    public static Failure databaseFailed(Throwable cause) {
        return new Failure(ErrorCode.INTERNAL_ERROR, "database", "the database failed: " + cause);
    }

    /** A time limit ran out, a lookup's or the request's own, while this was waited for. */
    public static Failure timeLimitExceeded(String what) {
        return new Failure(ErrorCode.INTERNAL_ERROR, "time_limit", what + " took longer than its time limit");
    }

    ErrorCode code() {
        return code;
    }

    /** What the metric of refusals calls it: one of the code's reasons. */
    public String reason() {
        return reason;
    }

    public int status() {
        return code.status;
    }

    public Map<String, String> headers() {
        return headers;
    }

    /** JSON in UTF-8; not to be changed. */
    public byte[] body() {
        return body;
    }
}
