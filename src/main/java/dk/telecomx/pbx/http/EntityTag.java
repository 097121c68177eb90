package dk.telecomx.pbx.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** Strong entity tags, and the conditions that name them (RFC 9110, sections 8.8.3 and 13.1.2). */
final class EntityTag {

    /** 128 bits of SHA-256: no two representations share a tag. */
    private static final int BYTES = 16;

    /** A place where no tag ends: each begins with a quote. */
    private static final int NOWHERE = 0;

    private EntityTag() {}

    /** The tag of exactly these bytes, quotes included. */
    static String of(byte[] representation) {
        try {
            byte[] sum = MessageDigest.getInstance("SHA-256").digest(representation);
            byte[] start = Arrays.copyOf(sum, BYTES);
            return '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(start) + '"';
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Whether {@code If-None-Match} names this tag: a list, in one header or several, compared weakly, or {@code *}. A header that is
     * anything else names none.
     */
    static boolean isNamed(List<String> ifNoneMatch, String tag) {
        for (String header : ifNoneMatch) {
            if (header.equals(tag) || header.strip().equals("*") || isListed(header, tag)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isListed(String header, String tag) {
        boolean listed = false;
        int next = skip(header, 0, " \t,");
        while (next < header.length()) {
            int opening = header.startsWith("W/", next) ? next + 2 : next;
            int closing = closingQuote(header, opening);
            if (closing == NOWHERE) {
                return false;
            }
            listed |= closing - opening + 1 == tag.length() && header.startsWith(tag, opening);
            int end = skip(header, closing + 1, " \t");
            if (end < header.length() && header.charAt(end) != ',') {
                return false;
            }
            next = skip(header, end, " \t,");
        }
        return listed;
    }

    private static int skip(String header, int from, String characters) {
        int next = from;
        while (next < header.length() && characters.indexOf(header.charAt(next)) >= 0) {
            next++;
        }
        return next;
    }

    /** Where the tag that opens there ends; {@link #NOWHERE} if there is none. */
    private static int closingQuote(String header, int opening) {
        if (opening >= header.length() || header.charAt(opening) != '"') {
            return NOWHERE;
        }
        for (int i = opening + 1; i < header.length(); i++) {
            char c = header.charAt(i);
            if (c == '"') {
                return i;
            }
            if (c <= ' ' || c == 0x7f || c > 0xff) {
                return NOWHERE;
            }
        }
        return NOWHERE;
    }
}
