package dk.telecomx.pbx.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Strong entity tags, and the conditions that name them (RFC 9110, sections 8.8.3 and 13.1.2). */
final class EntityTag {

    /** 128 bits of SHA-256: no two representations share a tag. */
    private static final int BYTES = 16;

    /** One tag of a list, behind the one before: weak or strong, without its {@code W/} in group 1. */
    private static final Pattern LISTED =
            Pattern.compile("\\G[ \t,]*(?:W/)?(\"[\\x21\\x23-\\x7e\\x80-\\xff]*\")[ \t]*(?=,|$)");

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
        int end = 0;
        for (Matcher next = LISTED.matcher(header); next.find(); end = next.end()) {
            listed |= next.group(1).equals(tag);
        }
        return listed && header.substring(end).chars().allMatch(c -> " \t,".indexOf(c) >= 0);
    }
}
