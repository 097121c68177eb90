package dk.telecomx.pbx.error;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Gives each failure its response, the framework's own failures included, counts it, and logs those on our side. */
@Singleton
public class ErrorMapper {

    private final MeterRegistry metrics;
    private final FailureLog log = new FailureLog();

    ErrorMapper(MeterRegistry metrics) {
        this.metrics = metrics;
        // At zero from the start, so that a first burst counts as an increase.
        for (ErrorCode code : ErrorCode.values()) {
            code.reasons.forEach(reason -> counter(code, reason));
        }
    }

    /** Whatever a resource fails with. The framework has mappers of its own for some types, which only one for the same type replaces. */
    @ServerExceptionMapper({
        Throwable.class,
        WebApplicationException.class,
        UnauthorizedException.class,
        ForbiddenException.class,
        AuthenticationFailedException.class
    })
    public RestResponse<byte[]> map(Throwable thrown, HttpServerRequest request) {
        Failure error = failure(status(thrown), thrown, request);
        RestResponse.ResponseBuilder<byte[]> response = RestResponse.ResponseBuilder.create(error.status());
        error.headers().forEach(response::header);
        return response.entity(error.body()).build();
    }

    /** The failure that answers for whatever was thrown, counted and logged; the framework's status decides where it is none of ours. */
    public Failure failure(int status, @Nullable Throwable thrown, HttpServerRequest request) {
        Failure failure = thrown instanceof Failure known ? known : ofFramework(thrown, status, request);
        counter(failure.code(), failure.reason()).increment();
        log.write(failure, thrown, System.nanoTime());
        return failure;
    }

    private static int status(Throwable thrown) {
        if (thrown instanceof WebApplicationException refused) {
            return refused.getResponse().getStatus();
        }
        if (thrown instanceof UnauthorizedException) {
            return 401;
        }
        return thrown instanceof ForbiddenException ? 403 : 500;
    }

    private static Failure ofFramework(@Nullable Throwable thrown, int status, HttpServerRequest request) {
        if (thrown instanceof AuthenticationFailedException) {
            return Failure.tokenInvalid("other");
        }
        return switch (status) {
            // Nobody was authenticated: there are no credentials, or none that are a bearer's.
            case 401 ->
                request.headers().contains(HttpHeaders.AUTHORIZATION)
                        ? Failure.CREDENTIALS_MALFORMED
                        : Failure.CREDENTIALS_MISSING;
            case 403 -> Failure.accessDenied("level");
            case 404 -> Failure.PATH_NOT_FOUND;
            case 405 -> Failure.METHOD_NOT_ALLOWED;
            default -> status >= 400 && status < 500 ? Failure.badRequest("Malformed request") : Failure.BUG;
        };
    }

    private Counter counter(ErrorCode code, String reason) {
        return Counter.builder("pbx.refusals")
                .description("Requests that were not answered with what they asked for, by reason")
                .tag("status", String.valueOf(code.status))
                .tag("code", code.toString())
                .tag("reason", reason)
                .register(metrics);
    }
}
