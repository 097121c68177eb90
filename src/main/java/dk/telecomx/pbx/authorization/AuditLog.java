package dk.telecomx.pbx.authorization;

import static java.util.stream.Collectors.joining;

import dk.telecomx.pbx.authentication.Caller;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.bson.types.ObjectId;
import org.jboss.logmanager.ExtLogRecord;
import org.jspecify.annotations.Nullable;

/** Records refused reads, in a log category of its own. Each value is a field of the record's MDC, beside the request id. */
final class AuditLog {

    private static final Logger LOG = Logger.getLogger("dk.telecomx.pbx.audit");

    private AuditLog() {}

    static void refused(Decision decision, Caller caller, ObjectId group, @Nullable ObjectId owner) {
        ExtLogRecord entry = new ExtLogRecord(
                Level.INFO, "read of group " + group + " refused: " + decision.rule(), AuditLog.class.getName());
        entry.setLoggerName(LOG.getName());
        field(entry, "rule", decision.rule());
        field(entry, "levels", caller.levels().stream().map(Enum::name).collect(joining(" ")));
        field(entry, "subject", caller.subjectHash());
        field(entry, "customer", caller.customer());
        field(entry, "reseller", caller.reseller());
        field(entry, "group", group);
        field(entry, "owner", owner);
        LOG.log(entry);
    }

    private static void field(ExtLogRecord entry, String name, @Nullable Object value) {
        if (value != null) {
            entry.putMdc(name, value.toString());
        }
    }
}
