package dk.telecomx.pbx.mongo;

import com.mongodb.ConnectionString;
import java.util.List;

/** What a connection string says, as the driver reads it. Fails with a RuntimeException if it is malformed. */
public final class ConnectionStrings {

    private ConnectionStrings() {}

    /** With their ports, where it has them. */
    public static List<String> hosts(String value) {
        return parsed(value).getHosts();
    }

    public static List<String> compressorNames(String value) {
        return parsed(value).getCompressorList().stream()
                .map(compressor -> compressor.getName())
                .toList();
    }

    /** Without the SRV record, which the driver asks for as soon as it reads such a string. */
    private static ConnectionString parsed(String value) {
        return new ConnectionString(
                value.replaceFirst("^mongodb\\+srv:", "mongodb:").replaceAll("(?i)(?<=[?&])srv[a-z]+=[^&]*&?", ""));
    }
}
