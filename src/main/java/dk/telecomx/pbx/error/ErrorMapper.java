package dk.telecomx.pbx.error;

import dk.telecomx.pbx.error.Failure.AccessDenied;
import dk.telecomx.pbx.error.Failure.BadRequest;
import dk.telecomx.pbx.error.Failure.CredentialsMalformed;
import dk.telecomx.pbx.error.Failure.CredentialsMissing;
import dk.telecomx.pbx.error.Failure.GroupNotFound;
import dk.telecomx.pbx.error.Failure.Overloaded;
import dk.telecomx.pbx.error.Failure.SessionExpired;
import dk.telecomx.pbx.error.Failure.TokenInvalid;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/**
 * Gives each failure its response (contract, section 5): the only place with status codes. Counts every refusal; a failure on our side is
 * logged, and the caller learns nothing of its cause.
 */
@Singleton
public class ErrorMapper {

    /** Why a token is invalid, as {@code pbx_refusals_total} says it. */
    static final List<String> TOKEN_REASONS = List.of(
            "signature",
            "issuer",
            "audience",
            "algorithm",
            "unknown_key",
            "malformed",
            "not_yet_valid",
            "expiry",
            "subject",
            "other");

    private static final String CHALLENGE = "Bearer realm=\"pbx\"";
    private static final String INVALID_TOKEN = CHALLENGE + ", error=\"invalid_token\"";

    private static final ErrorResponse BAD_REQUEST = ErrorResponse.of(400, "bad_request", "Malformed request");
    private static final ErrorResponse NOT_FOUND = ErrorResponse.of(404, "not_found", "Not found");
    private static final ErrorResponse METHOD_NOT_ALLOWED =
            ErrorResponse.of(405, "method_not_allowed", "Method not allowed");
    private static final ErrorResponse FORBIDDEN = ErrorResponse.of(403, "access_denied", "Insufficient access level");
    private static final ErrorResponse INTERNAL_ERROR =
            ErrorResponse.of(500, "internal_error", "Internal server error");

    /** What the caller is sent, and the reasons for it that are counted. */
    private record Refusal(ErrorResponse response, List<String> reasons) {
        Refusal(ErrorResponse response, String... reasons) {
            this(response, List.of(reasons));
        }
    }

    /** The failures that the caller can mend; any other is ours. */
    private static final Map<Class<? extends Failure>, Refusal> REFUSALS = Map.of(
            BadRequest.class,
            new Refusal(BAD_REQUEST, "request"),
            CredentialsMissing.class,
            new Refusal(
                    ErrorResponse.of(401, "credentials_invalid", "Authorization required, please login")
                            .with(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE),
                    "missing"),
            CredentialsMalformed.class,
            new Refusal(
                    ErrorResponse.of(
                                    401, "format_error", "Authorization header format is Authorization: Bearer <token>")
                            .with(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE + ", error=\"invalid_request\""),
                    "malformed_header"),
            SessionExpired.class,
            new Refusal(
                    ErrorResponse.of(401, "expired", "Session has expired, please login")
                            .with(HttpHeaders.WWW_AUTHENTICATE, INVALID_TOKEN),
                    "expired"),
            TokenInvalid.class,
            new Refusal(
                    ErrorResponse.of(401, "invalid_token", "Undecipherable")
                            .with(HttpHeaders.WWW_AUTHENTICATE, INVALID_TOKEN),
                    TOKEN_REASONS),
            AccessDenied.class,
            new Refusal(FORBIDDEN, "level", "foreign"),
            GroupNotFound.class,
            new Refusal(ErrorResponse.of(404, "not_found", "Group not found"), "group"),
            Overloaded.class,
            new Refusal(
                    ErrorResponse.of(503, "overloaded", "Too many requests at the moment")
                            .with(HttpHeaders.RETRY_AFTER, "1"),
                    "overloaded"));

    private static final String BUG = "bug";

    private final MeterRegistry metrics;
    private final FailureLog log;

    ErrorMapper(MeterRegistry metrics, FailureLog log) {
        this.metrics = metrics;
        this.log = log;
        // At zero from the start, so that a first burst counts as an increase.
        REFUSALS.values().forEach(refusal -> refusal.reasons().forEach(reason -> counter(refusal.response(), reason)));
        List.of("database", "time_limit", "keys", "unreadable", BUG).forEach(reason -> counter(INTERNAL_ERROR, reason));
        counter(NOT_FOUND, "path");
        counter(METHOD_NOT_ALLOWED, "method");
    }

    @ServerExceptionMapper
    public RestResponse<byte[]> map(Throwable failure) {
        ErrorResponse error = response(failure);
        RestResponse.ResponseBuilder<byte[]> response = RestResponse.ResponseBuilder.create(error.status());
        error.headers().forEach(response::header);
        return response.header(HttpHeaders.CONTENT_LENGTH, error.body().length)
                .entity(error.body())
                .build();
    }

    /** The framework has a mapper of its own for these, which only one for exactly this type replaces. */
    @ServerExceptionMapper
    public RestResponse<byte[]> map(WebApplicationException failure) {
        return map((Throwable) failure);
    }

    /** Nobody was authenticated: there are no credentials, or none that are a bearer's. */
    @ServerExceptionMapper
    public RestResponse<byte[]> map(UnauthorizedException anonymous, HttpServerRequest request) {
        return map(
                request.headers().contains(HttpHeaders.AUTHORIZATION)
                        ? new CredentialsMalformed()
                        : new CredentialsMissing());
    }

    @ServerExceptionMapper
    public RestResponse<byte[]> map(ForbiddenException denied) {
        return map((Throwable) new AccessDenied("level"));
    }

    @ServerExceptionMapper
    public RestResponse<byte[]> map(AuthenticationFailedException refused) {
        return map((Throwable) new TokenInvalid("other"));
    }

    private ErrorResponse response(Throwable failure) {
        return failure instanceof WebApplicationException refused
                ? response(refused.getResponse().getStatus(), refused)
                : response(500, failure);
    }

    /**
     * The response to a failure, counted and logged.
     *
     * @param status what the framework would answer; counts where the failure is not one of ours
     */
    public ErrorResponse response(int status, @Nullable Throwable failure) {
        if (failure instanceof Failure known) {
            return counted(responseTo(known), known.reason(), known);
        }
        return switch (status) {
            case 403 -> counted(FORBIDDEN, "level", failure);
            case 404 -> counted(NOT_FOUND, "path", failure);
            case 405 -> counted(METHOD_NOT_ALLOWED, "method", failure);
            default ->
                status >= 400 && status < 500
                        ? counted(BAD_REQUEST, "request", failure)
                        : counted(INTERNAL_ERROR, BUG, failure);
        };
    }

    private static ErrorResponse responseTo(Failure failure) {
        if (failure instanceof BadRequest bad) {
            return ErrorResponse.of(BAD_REQUEST.status(), BAD_REQUEST.code(), bad.clientMessage());
        }
        Refusal refusal = REFUSALS.get(failure.getClass());
        return refusal == null ? INTERNAL_ERROR : refusal.response();
    }

    private ErrorResponse counted(ErrorResponse response, String reason, @Nullable Throwable failure) {
        counter(response, reason).increment();
        if (response.status() == INTERNAL_ERROR.status()) {
            log.failed(reason, failure);
        } else {
            log.refused(response.code(), reason);
        }
        return response;
    }

    private Counter counter(ErrorResponse response, String reason) {
        return Counter.builder("pbx.refusals")
                .description("Requests that were not answered with what they asked for, by reason")
                .tag("status", String.valueOf(response.status()))
                .tag("code", response.code())
                .tag("reason", reason)
                .register(metrics);
    }
}
