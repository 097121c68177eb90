package dk.telecomx.pbx.error;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a caller is sent when a request fails: {@code {"error":{"message":"…","code":"…","status":404}}} (contract, section 5).
 *
 * @param status the HTTP status
 * @param code the contract's word for it, such as {@code not_found}
 * @param headers what the response carries besides the body and its length
 * @param body UTF-8
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere; the bytes are what both HTTP layers send
public record ErrorResponse(int status, String code, Map<String, String> headers, byte[] body) {

    /** @param message plain text without quotes or backslashes */
    static ErrorResponse of(int status, String code, String message) {
        String body = "{\"error\":{\"message\":\"%s\",\"code\":\"%s\",\"status\":%d}}".formatted(message, code, status);
        return new ErrorResponse(
                status,
                code,
                Map.of("Content-Type", "application/json", "Cache-Control", "no-store"),
                body.getBytes(UTF_8));
    }

    ErrorResponse with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new ErrorResponse(status, code, Map.copyOf(more), body);
    }
}
