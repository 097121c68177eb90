package dk.telecomx.pbx.error;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Logs failures on our side: for each reason the first at once, then at most one line a second with a count, so that an outage floods no log. */
@Singleton
class FailureLog {

    private static final Logger LOG = Logger.getLogger(ErrorMapper.class);
    private static final long INTERVAL_NANOS = 1_000_000_000L;

    private final ConcurrentMap<String, Kind> kinds = new ConcurrentHashMap<>();

    private final LongSupplier nanoClock;

    @Inject
    FailureLog() {
        this(System::nanoTime);
    }

    FailureLog(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /**
     * Failures of one reason.
     *
     * @param loggedAt when the last line was written, in nanoseconds
     * @param unlogged how many came since
     * @param summarized how many that line stands for, besides its own
     */
    private record Kind(long loggedAt, long unlogged, long summarized) {}

    /** @param thrown what the failure stands for: itself, or a bug, whose stack trace is what mends it */
    void write(Failure failure, @Nullable Throwable thrown) {
        if (failure.code() != ErrorCode.INTERNAL_ERROR) {
            LOG.debugf("request refused: %s, reason %s", failure.code(), failure.reason());
        } else if (thrown != failure) {
            LOG.error("request failed", thrown);
        } else if (failure.reason().equals("unreadable")) {
            // Each is another group to repair.
            LOG.errorf("request failed: %s", failure.getMessage());
        } else {
            summarize(failure);
        }
    }

    private void summarize(Failure failure) {
        long now = nanoClock.getAsLong();
        Kind kind = kinds.compute(failure.reason(), (reason, last) -> {
            if (last == null) {
                return new Kind(now, 0, 0);
            }
            return now - last.loggedAt < INTERVAL_NANOS
                    ? new Kind(last.loggedAt, last.unlogged + 1, 0)
                    : new Kind(now, 0, last.unlogged);
        });
        if (kind.loggedAt == now && kind.unlogged == 0) {
            LOG.errorf(
                    "request failed: %s%s",
                    failure.getMessage(),
                    kind.summarized == 0 ? "" : " (and " + kind.summarized + " more for this reason)");
        }
    }
}
