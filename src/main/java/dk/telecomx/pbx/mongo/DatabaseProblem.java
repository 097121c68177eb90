package dk.telecomx.pbx.mongo;

import java.util.LinkedHashMap;
import java.util.Map;

/** Says in plain words why the database cannot be read. */
public final class DatabaseProblem {

    /**
     * Markers in what the driver says, the more telling first. It reports why no server can be used only as text, in the message of its
     * server selection time-out.
     */
    private static final Map<String, String> WORDS = new LinkedHashMap<>();

    static {
        WORDS.put("error 13 (", "the database user has no right to read");
        WORDS.put("MongoSecurityException", "the database refused the user or the password");
        WORDS.put("UnknownHostException", "the database's host name is unknown");
        WORDS.put("PKIX", "the database's TLS certificate is not trusted");
        WORDS.put("CertificateException", "the database's TLS certificate is not trusted");
        WORDS.put("SSL", "the database does not speak TLS as configured");
        WORDS.put("Primary", "no primary among the database's members");
        WORDS.put("REPLICA_SET_SECONDARY", "no primary among the database's members");
        WORDS.put("MongoSocketOpenException", "the database cannot be reached");
        WORDS.put("ReadTimeout", "the database did not answer in time");
        WORDS.put("MongoSocket", "the connection to the database broke");
        WORDS.put("MongoInternalException", "the connection to the database broke");
        WORDS.put("Timeout", "the database did not answer in time");
    }

    private DatabaseProblem() {}

    /** The cause of a failed read, without what the driver says of users and documents. */
    public static String of(Throwable failure) {
        StringBuilder said = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            said.append(cause).append('\n');
        }
        return WORDS.entrySet().stream()
                .filter(entry -> said.indexOf(entry.getKey()) >= 0)
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("the database failed: " + failure.getClass().getSimpleName());
    }
}
