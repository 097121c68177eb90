package dk.telecomx.pbx.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** Strong entity tags, and the conditions that name them (RFC 9110, sections 8.8.3 and 13.1.2). */
final class EntityTag {

    /** Weak or strong tags between commas, some of which may have nothing between them. */
    private static final Pattern LIST =
            Pattern.compile("[ \t,]*(?:(?:W/)?\"[\\x21\\x23-\\x7e\\x80-\\xff]*\"[ \t]*(?:,[ \t,]*|$))*+");

    private EntityTag() {}

    /** The tag of exactly these bytes, quotes included. */
    static String of(byte[] representation) {
        try {
            byte[] sum = MessageDigest.getInstance("SHA-256").digest(representation);
            // 128 bits: no two representations share a tag.
            byte[] start = Arrays.copyOf(sum, 16);
            return '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(start) + '"';
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Whether {@code If-None-Match}, a list in one header or several, or {@code *}, names this tag (weakly); a malformed one names none. */
    static boolean isNamed(List<String> ifNoneMatch, String tag) {
        return ifNoneMatch.stream()
                .anyMatch(header -> header.equals(tag)
                        || header.strip().equals("*")
                        || (header.contains(tag) && LIST.matcher(header).matches()));
    }
}
