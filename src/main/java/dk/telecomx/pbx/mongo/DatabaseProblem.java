package dk.telecomx.pbx.mongo;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;

/** Says in plain words why the database cannot be read. */
public final class DatabaseProblem {

    /**
     * Markers in what the driver says, the more telling first. It reports why no server can be used only as text, in the message of its
     * server selection time-out.
     */
    private static final List<Map.Entry<String, String>> WORDS = List.of(
            entry("error 13 (", "the database user has no right to read"),
            entry("MongoSecurityException", "the database refused the user or the password"),
            entry("UnknownHostException", "the database's host name is unknown"),
            entry("PKIX", "the database's TLS certificate is not trusted"),
            entry("CertificateException", "the database's TLS certificate is not trusted"),
            entry("SSL", "the database does not speak TLS as configured"),
            entry("Primary", "no primary among the database's members"),
            entry("REPLICA_SET_SECONDARY", "no primary among the database's members"),
            entry("MongoSocketOpenException", "the database cannot be reached"),
            entry("ReadTimeout", "the database did not answer in time"),
            entry("MongoSocket", "the connection to the database broke"),
            entry("MongoInternalException", "the connection to the database broke"),
            entry("Timeout", "the database did not answer in time"));

    private DatabaseProblem() {}

    /** The cause of a failed read, without what the driver says of users and documents. */
    public static String of(Throwable failure) {
        StringBuilder said = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            said.append(cause).append('\n');
        }
        return WORDS.stream()
                .filter(entry -> said.indexOf(entry.getKey()) >= 0)
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("the database failed: " + failure.getClass().getSimpleName());
    }
}
