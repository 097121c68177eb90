package dk.telecomx.pbx.error;

/**
 * Why a request is not answered with what it asked for, named for what happened. {@link ErrorMapper} gives each its status and body.
 *
 * <p>A failure is an expected outcome: it carries no stack trace, and its message is for the log alone.
 */
public abstract sealed class Failure extends RuntimeException {

    private final String reason;

    private Failure(String reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    /** What the metric of refusals calls it, such as {@code expired}. */
    public String reason() {
        return reason;
    }

    /** The request itself is wrong. */
    public static final class BadRequest extends Failure {
        private final String clientMessage;

        /** @param clientMessage shown to the caller: plain text without quotes or backslashes */
        public BadRequest(String clientMessage) {
            super("request", clientMessage);
            this.clientMessage = clientMessage;
        }

        String clientMessage() {
            return clientMessage;
        }
    }

    /** There is no {@code Authorization} header. */
    public static final class CredentialsMissing extends Failure {
        public CredentialsMissing() {
            super("missing", "no Authorization header");
        }
    }

    /** The {@code Authorization} header is not {@code Bearer <token>}, or there are several. */
    public static final class CredentialsMalformed extends Failure {
        public CredentialsMalformed() {
            super("malformed_header", "the Authorization header is not Bearer <token>");
        }
    }

    /** The token is genuine and would be good, were it not past its {@code exp}. */
    public static final class SessionExpired extends Failure {
        public SessionExpired() {
            super("expired", "the token has expired");
        }
    }

    /** The token is not one of ours. */
    public static final class TokenInvalid extends Failure {
        /** @param reason one of {@link ErrorMapper#TOKEN_REASONS} */
        public TokenInvalid(String reason) {
            super(reason, "the token is invalid: " + reason);
        }
    }

    /** The caller may not read what was asked for. */
    public static final class AccessDenied extends Failure {
        /** @param rule the rule that denied it */
        public AccessDenied(String rule) {
            super(rule, "access denied by rule " + rule);
        }
    }

    /** No item has that id, or an item of another type. */
    public static final class GroupNotFound extends Failure {
        public GroupNotFound() {
            super("group", "group not found");
        }
    }

    /** A field of the stored group has a type that the contract does not know. */
    public static final class GroupUnreadable extends Failure {
        /** @param field the first field that cannot be read */
        public GroupUnreadable(String id, String field) {
            super("unreadable", "group " + id + " is unreadable: field " + field);
        }
    }

    /** The database did not answer, or with an error. */
    public static final class DatabaseFailed extends Failure {
        /** @param cause what the driver says; for the log */
        public DatabaseFailed(Throwable cause) {
            super("database", "the database failed: " + cause);
        }
    }

    /** The keys that tokens are verified with could not be fetched. */
    public static final class KeysUnavailable extends Failure {
        public KeysUnavailable() {
            super("keys", "no keys to verify tokens with");
        }
    }

    /** A time limit ran out: a look-up's, or the request's own. */
    public static final class TimeLimitExceeded extends Failure {
        /** @param what what was waited for */
        public TimeLimitExceeded(String what) {
            super("time_limit", what + " took longer than its time limit");
        }
    }

    /** There is more work than can be queued. */
    public static final class Overloaded extends Failure {
        public Overloaded() {
            super("overloaded", "more work than can be queued");
        }
    }
}
