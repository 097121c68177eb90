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

    /** @param thrown what the failure stands for: itself, or a bug, whose stack trace is what mends it */
    void write(Failure failure, @Nullable Throwable thrown) {
        if (failure.code() != ErrorCode.INTERNAL_ERROR) {
            LOG.debugf("request refused: %s, reason %s", failure.code(), failure.reason());
            return;
        }
        if (thrown != failure) {
            LOG.error("request failed", thrown);
            return;
        }
        // Each unreadable group is another one to repair.
        long suppressed =
                failure instanceof GroupUnreadable ? 0 : kindOf(failure).suppressed(System.nanoTime());
        if (suppressed == 0) {
            LOG.errorf("request failed: %s", failure.getMessage());
        } else if (suppressed > 0) {
            LOG.errorf("request failed: %s (and %d more for this reason)", failure.getMessage(), suppressed);
        }
    }

    private Kind kindOf(Failure failure) {
        return kinds.computeIfAbsent(failure.reason(), first -> new Kind());
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
