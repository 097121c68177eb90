package dk.telecomx.pbx.error;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.ws.rs.core.HttpHeaders;
import java.util.HashMap;
import java.util.Map;

/**
 * What a caller is sent when a request fails: {@code {"error":{"message":"…","code":"…","status":404}}} (contract, section 5).
 *
 * @param body UTF-8
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere; the bytes are what both HTTP layers send
public record ErrorResponse(int status, Map<String, String> headers, byte[] body) {

    static ErrorResponse of(Failure failure) {
        ErrorCode code = failure.code();
        // Of a failure on our side the caller learns nothing more.
        String message = code == ErrorCode.INTERNAL_ERROR ? "Internal server error" : failure.getMessage();
        byte[] body = ("{\"error\":{\"message\":\"" + message + "\",\"code\":\"" + code + "\",\"status\":" + code.status
                        + "}}")
                .getBytes(UTF_8);
        Map<String, String> headers = new HashMap<>(code.headers);
        headers.put(HttpHeaders.CONTENT_TYPE, "application/json");
        headers.put(HttpHeaders.CACHE_CONTROL, "no-store");
        headers.put(HttpHeaders.CONTENT_LENGTH, String.valueOf(body.length));
        return new ErrorResponse(code.status, headers, body);
    }
}
