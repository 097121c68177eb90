package dk.telecomx.pbx.error;

import java.util.HashMap;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Logs failures on our side: for each reason the first at once, then at most one line a second with a count, so that an outage floods no log. */
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
        } else if (thrown != failure) {
            LOG.error("request failed", thrown);
        } else if (failure.reason().equals("unreadable")) {
            // Each is another group to repair.
            LOG.errorf("request failed: %s", failure.getMessage());
        } else {
            summarize(failure, now);
        }
    }

    private synchronized void summarize(Failure failure, long now) {
        String reason = failure.reason();
        Long last = loggedAt.get(reason);
        if (last != null && now - last < SECOND) {
            unlogged.merge(reason, 1, Integer::sum);
            return;
        }
        loggedAt.put(reason, now);
        Integer more = unlogged.remove(reason);
        LOG.errorf(
                "request failed: %s%s",
                failure.getMessage(), more == null ? "" : " (and " + more + " more for this reason)");
    }
}
