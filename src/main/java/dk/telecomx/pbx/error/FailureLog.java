package dk.telecomx.pbx.error;

import dk.telecomx.pbx.error.Failure.GroupUnreadable;
import jakarta.inject.Singleton;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Logs failures on our side: for each reason at most one line a second, so that an outage floods no log. A metric counts them all. */
@Singleton
class FailureLog {

    private static final Logger LOG = Logger.getLogger(ErrorMapper.class);
    private static final long INTERVAL_NANOS = 1_000_000_000L;

    private final ConcurrentMap<String, Long> loggedAt = new ConcurrentHashMap<>();

    /** @param thrown what the failure stands for: itself, or a bug, whose stack trace is what mends it */
    void write(Failure failure, @Nullable Throwable thrown) {
        if (failure.code() != ErrorCode.INTERNAL_ERROR) {
            LOG.debugf("request refused: %s, reason %s", failure.code(), failure.reason());
        } else if (thrown != failure) {
            LOG.error("request failed", thrown);
        } else if (failure instanceof GroupUnreadable || isDue(failure.reason())) {
            // Each unreadable group is another one to repair.
            LOG.errorf("request failed: %s", failure.getMessage());
        }
    }

    private boolean isDue(String reason) {
        long now = System.nanoTime();
        return now == loggedAt.merge(reason, now, (last, next) -> next - last < INTERVAL_NANOS ? last : next);
    }
}
