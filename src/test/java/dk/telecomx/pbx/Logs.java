package dk.telecomx.pbx;

import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;

/** What the service under test logs. */
public final class Logs {

    /**
     * A line of the log.
     *
     * @param requestId of the request it was logged for; empty for none
     * @param fields all that is logged beside the message, the request's id too
     */
    public record Line(Level level, String logger, String message, String requestId, String fields) {
        /** Whatever of it a collector of logs sees. */
        public String everything() {
            return message + ' ' + fields;
        }
    }

    private static final Formatter TEXT = new PatternFormatter("%s%e");

    private Logs() {}

    /** What is done meanwhile. */
    public interface Work<E extends Exception> {
        void run() throws E;
    }

    /** What is done meanwhile, by one who reads along. */
    public interface Listening<E extends Exception> {
        void run(Collection<Line> soFar) throws E;
    }

    /** The lines logged while that is done, by anybody. */
    public static <E extends Exception> List<Line> during(Work<E> work) throws E {
        return during(lines -> work.run());
    }

    /** The lines logged while that is done, by anybody; who does it is given the lines so far. */
    public static <E extends Exception> List<Line> during(Listening<E> work) throws E {
        Queue<Line> lines = new ConcurrentLinkedQueue<>();
        Handler ear = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                // Where the log manager is the JDK's, records are, too.
                ExtLogRecord ours = ExtLogRecord.wrap(entry);
                String requestId = ours.getMdc("requestId");
                lines.add(new Line(
                        ours.getLevel(),
                        String.valueOf(ours.getLoggerName()),
                        TEXT.format(ours),
                        requestId == null ? "" : requestId,
                        ours.getMdcCopy() + ours.getNdc()));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger root = Logger.getLogger("");
        root.addHandler(ear);
        try {
            work.run(lines);
        } finally {
            root.removeHandler(ear);
        }
        return List.copyOf(lines);
    }
}
