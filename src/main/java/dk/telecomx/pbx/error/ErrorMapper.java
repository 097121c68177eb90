package dk.telecomx.pbx.error;

import dk.telecomx.pbx.error.Failure.AccessDenied;
import dk.telecomx.pbx.error.Failure.BadRequest;
import dk.telecomx.pbx.error.Failure.CredentialsMalformed;
import dk.telecomx.pbx.error.Failure.CredentialsMissing;
import dk.telecomx.pbx.error.Failure.GroupNotFound;
import dk.telecomx.pbx.error.Failure.Overloaded;
import dk.telecomx.pbx.error.Failure.SessionExpired;
import dk.telecomx.pbx.error.Failure.TokenInvalid;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/**
 * Says what a caller is told of a failure (contract, section 5): the only place with status codes.
 *
 * <p>Of a failure of ours the caller learns that it happened; the log learns the cause.
 */
@Singleton
public class ErrorMapper {

    /**
     * What a caller is told.
     *
     * @param headers what the answer carries besides the body and its type
     */
    public record Answer(ApiError body, Map<String, String> headers) {

        private static final Map<String, String> NO_STORE = Map.of(HttpHeaders.CACHE_CONTROL, "no-store");

        static Answer of(int status, String code, String message) {
            return new Answer(ApiError.of(status, code, message), NO_STORE);
        }

        Answer with(String header, String value) {
            return new Answer(body, Map.of(HttpHeaders.CACHE_CONTROL, "no-store", header, value));
        }

        /** The HTTP status. */
        public int status() {
            return body.error().status();
        }
    }

    /** What may be done with whatever has a path here. */
    public static final String METHODS = "GET, HEAD, OPTIONS";

    private static final Logger LOG = Logger.getLogger(ErrorMapper.class);

    private static final String CHALLENGE = "Bearer realm=\"pbx\"";
    private static final String RETRY_AFTER_SECONDS = "1";

    private static final Answer BAD_REQUEST = Answer.of(400, "bad_request", "Malformed request");
    private static final Answer ACCESS_DENIED = Answer.of(403, "access_denied", "Insufficient access level");
    private static final Answer NOT_FOUND = Answer.of(404, "not_found", "Not found");
    private static final Answer METHOD_NOT_ALLOWED =
            Answer.of(405, "method_not_allowed", "Method not allowed").with(HttpHeaders.ALLOW, METHODS);
    private static final Answer INTERNAL_ERROR = Answer.of(500, "internal_error", "Internal server error");

    /** The failures that are the caller's to mend; any other is ours. */
    private static final Map<Class<? extends Failure>, Answer> TOLD = Map.of(
            CredentialsMissing.class,
            Answer.of(401, "credentials_invalid", "Authorization required, please login")
                    .with(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE),
            CredentialsMalformed.class,
            Answer.of(401, "format_error", "Authorization header format is Authorization: Bearer <token>")
                    .with(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE + ", error=\"invalid_request\""),
            SessionExpired.class,
            Answer.of(401, "expired", "Session has expired, please login")
                    .with(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE + ", error=\"invalid_token\""),
            TokenInvalid.class,
            Answer.of(401, "invalid_token", "Undecipherable")
                    .with(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE + ", error=\"invalid_token\""),
            AccessDenied.class,
            ACCESS_DENIED,
            GroupNotFound.class,
            Answer.of(404, "not_found", "Group not found"),
            Overloaded.class,
            Answer.of(503, "overloaded", "Too many requests at the moment")
                    .with(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS));

    @ServerExceptionMapper
    public RestResponse<ApiError> map(Throwable failure) {
        Answer answer = answer(failure);
        RestResponse.ResponseBuilder<ApiError> response = RestResponse.ResponseBuilder.create(answer.status());
        answer.headers().forEach(response::header);
        return response.entity(answer.body())
                .type(MediaType.APPLICATION_JSON_TYPE)
                .build();
    }

    /** The framework has a mapper of its own for these, which only one for exactly this type replaces. */
    @ServerExceptionMapper
    public RestResponse<ApiError> map(WebApplicationException failure) {
        return map((Throwable) failure);
    }

    /** What is told of that failure; what is ours to mend is logged. */
    Answer answer(Throwable failure) {
        if (failure instanceof BadRequest bad) {
            return Answer.of(400, "bad_request", bad.told());
        }
        if (failure instanceof WebApplicationException refused) {
            return answer(refused.getResponse().getStatus(), failure);
        }
        Answer told = TOLD.get(failure.getClass());
        return told != null ? told : internalError(failure);
    }

    /** What is told where the framework has a status, and perhaps a failure, but no words of ours. */
    public Answer answer(int status, @Nullable Throwable failure) {
        return switch (status) {
            case 403 -> ACCESS_DENIED;
            case 404 -> NOT_FOUND;
            case 405 -> METHOD_NOT_ALLOWED;
            default -> status >= 400 && status < 500 ? BAD_REQUEST : internalError(failure);
        };
    }

    private static Answer internalError(@Nullable Throwable failure) {
        if (failure instanceof Failure) {
            LOG.errorf("request failed: %s", failure.getMessage());
        } else {
            LOG.errorf("request failed: %s", failure);
            LOG.debug("request failed", failure);
        }
        return INTERNAL_ERROR;
    }
}
