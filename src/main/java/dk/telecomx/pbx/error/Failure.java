package dk.telecomx.pbx.error;

/**
 * Why a request is not answered with what it asked for, named for what happened.
 *
 * <p>A failure is an expected outcome: it carries no stack trace. Its message is for the caller, as plain text without quotes or backslashes;
 * that of an {@link ErrorCode#INTERNAL_ERROR} is for the log alone.
 */
public sealed class Failure extends RuntimeException {

    private final ErrorCode code;
    private final String reason;

    Failure(ErrorCode code, String reason, String message) {
        super(message, null, false, false);
        this.code = code;
        this.reason = reason;
    }

    ErrorCode code() {
        return code;
    }

    /** What the metric of refusals calls it: one of the code's reasons. */
    public String reason() {
        return reason;
    }

    /** The request itself is wrong. */
    public static final class BadRequest extends Failure {
        public BadRequest(String message) {
            super(ErrorCode.BAD_REQUEST, "request", message);
        }
    }

    /** There is no {@code Authorization} header. */
    public static final class CredentialsMissing extends Failure {
        public CredentialsMissing() {
            super(ErrorCode.CREDENTIALS_INVALID, "missing", "Authorization required, please login");
        }
    }

    /** The {@code Authorization} header is not {@code Bearer <token>}, or there are several. */
    public static final class CredentialsMalformed extends Failure {
        public CredentialsMalformed() {
            super(
                    ErrorCode.FORMAT_ERROR,
                    "malformed_header",
                    "Authorization header format is Authorization: Bearer <token>");
        }
    }

    /** The token is genuine and would be good, were it not past its {@code exp}. */
    public static final class SessionExpired extends Failure {
        public SessionExpired() {
            super(ErrorCode.EXPIRED, "expired", "Session has expired, please login");
        }
    }

    /** The token is not one of ours. */
    public static final class TokenInvalid extends Failure {
        public TokenInvalid(String reason) {
            super(ErrorCode.INVALID_TOKEN, reason, "Undecipherable");
        }
    }

    /** The caller may not read what was asked for. */
    public static final class AccessDenied extends Failure {
        /** @param rule the rule that denied it */
        public AccessDenied(String rule) {
            super(ErrorCode.ACCESS_DENIED, rule, "Insufficient access level");
        }
    }

    /** No item has that id, or an item of another type. */
    public static final class GroupNotFound extends Failure {
        public GroupNotFound() {
            super(ErrorCode.NOT_FOUND, "group", "Group not found");
        }
    }

    /** A field of the stored group has a type that the contract does not know. */
    public static final class GroupUnreadable extends Failure {
        /** @param field the first field that cannot be read */
        public GroupUnreadable(String id, String field) {
            super(ErrorCode.INTERNAL_ERROR, "unreadable", "group " + id + " is unreadable: field " + field);
        }
    }

    /** The database did not answer, or with an error. */
    public static final class DatabaseFailed extends Failure {
        /** @param cause what the driver says; for the log */
        public DatabaseFailed(Throwable cause) {
            super(ErrorCode.INTERNAL_ERROR, "database", "the database failed: " + cause);
        }
    }

    /** The keys that tokens are verified with could not be fetched. */
    public static final class KeysUnavailable extends Failure {
        public KeysUnavailable() {
            super(ErrorCode.INTERNAL_ERROR, "keys", "no keys to verify tokens with");
        }
    }

    /** A time limit ran out: a look-up's, or the request's own. */
    public static final class TimeLimitExceeded extends Failure {
        /** @param what what was waited for */
        public TimeLimitExceeded(String what) {
            super(ErrorCode.INTERNAL_ERROR, "time_limit", what + " took longer than its time limit");
        }
    }

    /** There is more work than can be queued. */
    public static final class Overloaded extends Failure {
        public Overloaded() {
            super(ErrorCode.OVERLOADED, "overloaded", "Too many requests at the moment");
        }
    }
}
