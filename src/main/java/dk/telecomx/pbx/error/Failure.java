package dk.telecomx.pbx.error;

/**
 * Why a request has no group for an answer, named for what happened. {@link ErrorMapper} says what a caller is told of it.
 *
 * <p>A failure is an answer, not a surprise: it carries no stack trace, and its message is for the log alone.
 */
public abstract sealed class Failure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private Failure(String message) {
        super(message, null, false, false);
    }

    /** The request itself is wrong; the caller is shown the message. */
    public static final class BadRequest extends Failure {
        private static final long serialVersionUID = 1L;

        private final String told;

        public BadRequest(String told) {
            super(told);
            this.told = told;
        }

        String told() {
            return told;
        }
    }

    /** There is no {@code Authorization} header. */
    public static final class CredentialsMissing extends Failure {
        private static final long serialVersionUID = 1L;

        public CredentialsMissing() {
            super("no Authorization header");
        }
    }

    /** The {@code Authorization} header is not {@code Bearer <token>}, or there are several. */
    public static final class CredentialsMalformed extends Failure {
        private static final long serialVersionUID = 1L;

        public CredentialsMalformed() {
            super("the Authorization header is not Bearer <token>");
        }
    }

    /** The token is genuine and would be good, were it not past its {@code exp}. */
    public static final class SessionExpired extends Failure {
        private static final long serialVersionUID = 1L;

        public SessionExpired() {
            super("the token has expired");
        }
    }

    /** The token is not one of ours. */
    public static final class TokenInvalid extends Failure {
        private static final long serialVersionUID = 1L;

        public TokenInvalid() {
            super("the token is invalid");
        }
    }

    /** The caller may not read what was asked for. */
    public static final class AccessDenied extends Failure {
        private static final long serialVersionUID = 1L;

        public AccessDenied() {
            super("access denied");
        }
    }

    /** No item has that id, or an item of another type. */
    public static final class GroupNotFound extends Failure {
        private static final long serialVersionUID = 1L;

        public GroupNotFound() {
            super("group not found");
        }
    }

    /** A field of the stored group has a type that the contract does not know. */
    public static final class GroupUnreadable extends Failure {
        private static final long serialVersionUID = 1L;

        /**
         * The group of that id cannot be read.
         *
         * @param field the first field that cannot be
         */
        public GroupUnreadable(String id, String field) {
            super("group " + id + " is unreadable: field " + field);
        }
    }

    /** The keys that tokens are verified with could not be fetched. */
    public static final class KeysUnavailable extends Failure {
        private static final long serialVersionUID = 1L;

        public KeysUnavailable() {
            super("no keys to verify tokens with");
        }
    }

    /** The time that was given ran out: a look-up's, or the request's own. */
    public static final class TimeLimitExceeded extends Failure {
        private static final long serialVersionUID = 1L;

        /**
         * The time for that ran out.
         *
         * @param what what was waited for
         */
        public TimeLimitExceeded(String what) {
            super(what + " took longer than its time limit");
        }
    }

    /** There is more work than can be queued. */
    public static final class Overloaded extends Failure {
        private static final long serialVersionUID = 1L;

        public Overloaded() {
            super("more work than can be queued");
        }
    }

    /** The service is stopping and reads nothing more. */
    public static final class Stopping extends Failure {
        private static final long serialVersionUID = 1L;

        public Stopping() {
            super("the service is stopping");
        }
    }
}
