package dk.telecomx.pbx.error;

import dk.telecomx.pbx.error.Failure.GroupUnreadable;
import jakarta.inject.Singleton;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Logs failures on our side: the first of a kind at once, then at most one line a second with a count, so that an outage floods no log. */
@Singleton
class FailureLog {

    private static final Logger LOG = Logger.getLogger(ErrorMapper.class);
    private static final long SUMMARY_NANOS = 1_000_000_000L;

    private final ConcurrentMap<String, Kind> kinds = new ConcurrentHashMap<>();

    void failed(String reason, @Nullable Throwable failure) {
        if (!(failure instanceof Failure)) {
            // A bug: its stack trace is what mends it.
            LOG.error("request failed", failure);
            return;
        }
        if (failure instanceof GroupUnreadable) {
            // Each names another group to repair.
            LOG.errorf("request failed: %s", failure.getMessage());
            return;
        }
        long suppressed = kinds.computeIfAbsent(reason, first -> new Kind()).suppressed(System.nanoTime());
        if (suppressed == 0) {
            LOG.errorf("request failed: %s", failure.getMessage());
        } else if (suppressed > 0) {
            LOG.errorf("request failed: %s (and %d more for this reason)", failure.getMessage(), suppressed);
        }
    }

    void refused(String code, String reason) {
        LOG.debugf("request refused: %s, reason %s", code, reason);
    }

    private static final class Kind {
        private long loggedAt = System.nanoTime() - SUMMARY_NANOS;
        private long since;

        /** How many failures were not logged since the last line; negative if this one is not to be logged either. */
        synchronized long suppressed(long now) {
            if (now - loggedAt < SUMMARY_NANOS) {
                since++;
                return -1;
            }
            long count = since;
            since = 0;
            loggedAt = now;
            return count;
        }
    }
}
