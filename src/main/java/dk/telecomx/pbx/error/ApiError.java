package dk.telecomx.pbx.error;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** The body of every error: {@code {"error":{"message":"…","code":"…","status":404}}} (contract, section 5). */
@RegisterForReflection
public record ApiError(Detail error) {

    /**
     * What is wrong.
     *
     * @param status the same number as the HTTP status
     */
    @RegisterForReflection
    public record Detail(String message, String code, int status) {}

    static ApiError of(int status, String code, String message) {
        return new ApiError(new Detail(message, code, status));
    }
}
