package dk.telecomx.pbx.authentication;

/**
 * The one spelling of a signed token: three parts in base64url, joined by dots (RFC 7515, section 7.1).
 *
 * <p>The verifier's decoder skips characters that do not belong there, and bits that say nothing. Of one good token anybody could so make
 * any number of others that are as good, each of them to be verified and remembered anew.
 */
final class CompactForm {

    private static final int PARTS = 3;
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    /** By character: the six bits it stands for, or -1. */
    private static final byte[] BITS = new byte[128];

    static {
        for (char c = 0; c < BITS.length; c++) {
            BITS[c] = (byte) ALPHABET.indexOf(c);
        }
    }

    private CompactForm() {}

    static boolean isOf(String token) {
        int parts = 1;
        int start = 0;
        int length = token.length();
        for (int i = 0; i < length; i++) {
            char c = token.charAt(i);
            if (c == '.') {
                if (!isWhole(token, start, i)) {
                    return false;
                }
                parts++;
                start = i + 1;
            } else if (c >= BITS.length || BITS[c] < 0) {
                return false;
            }
        }
        return parts == PARTS && isWhole(token, start, length);
    }

    /** Whether these characters are whole bytes, and not empty: the bits of the last one that belong to no byte are zero. */
    private static boolean isWhole(String token, int start, int end) {
        return switch ((end - start) % 4) {
            case 0 -> end > start;
            case 2 -> (BITS[token.charAt(end - 1)] & 0b1111) == 0;
            case 3 -> (BITS[token.charAt(end - 1)] & 0b11) == 0;
            default -> false;
        };
    }
}
