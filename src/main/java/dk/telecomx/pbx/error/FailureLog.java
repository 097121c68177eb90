package dk.telecomx.pbx.error;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Logs failures on our side: for each cause the first at once, then at most one line a second with a count, so that none floods the log. */
class FailureLog {

    private static final Logger LOG = Logger.getLogger(ErrorMapper.class);
    private static final long SECOND = 1_000_000_000L;

    private final Map<String, Long> loggedAt = new HashMap<>();
    private final Map<String, Integer> unlogged = new HashMap<>();

    /**
     * @param thrown what the failure stands for: itself, or a bug, whose stack trace is what mends it
     * @param now in nanoseconds
     */
    void write(Failure failure, @Nullable Throwable thrown, long now) {
        if (failure.code() != ErrorCode.INTERNAL_ERROR) {
            LOG.debugf("request refused: %s, reason %s", failure.code(), failure.reason());
            return;
        }
        // A bug is known by where it was thrown. Each unreadable document is another one to repair.
        String place = thrown == null
                ? ""
                : Stream.of(thrown.getStackTrace()).findFirst().toString();
        String cause = failure.reason().equals("unreadable") ? failure.toString() : failure.reason() + place;
        summarize(cause, failure, thrown == failure ? null : thrown, now);
    }

    private synchronized void summarize(String cause, Failure failure, @Nullable Throwable bug, long now) {
        Long last = loggedAt.get(cause);
        if (last != null && now - last < SECOND) {
            unlogged.merge(cause, 1, Integer::sum);
            return;
        }
        if (loggedAt.size() == 10_000) { // as there may be any number of documents
            loggedAt.clear();
            unlogged.clear();
        }
        loggedAt.put(cause, now);
        Integer more = unlogged.remove(cause);
        String count = more == null ? "" : " (and " + more + " more for this reason)";
        LOG.errorf(bug, "request failed: %s%s", failure.getMessage(), count);
    }
}
