package dk.telecomx.pbx.error;

import static org.assertj.core.api.Assertions.assertThat;

import dk.telecomx.pbx.Logs;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailureLogTest {

    private long nanos = 5;
    private final FailureLog log = new FailureLog();

    @Test
    void writesTheFirstOfAReasonAtOnceThenACountASecond() {
        List<Logs.Line> lines = Logs.during(() -> {
            happens(Failure.KEYS_UNAVAILABLE);
            happens(Failure.KEYS_UNAVAILABLE);
            happens(Failure.timeLimitExceeded("the request"));
            nanos += Duration.ofMillis(999).toNanos();
            happens(Failure.KEYS_UNAVAILABLE);
            nanos += Duration.ofMillis(1).toNanos();
            happens(Failure.KEYS_UNAVAILABLE);
            nanos += Duration.ofSeconds(1).toNanos();
            happens(Failure.KEYS_UNAVAILABLE);
        });

        assertThat(lines)
                .extracting(Logs.Line::message)
                .containsExactly(
                        "request failed: no keys to verify tokens with",
                        "request failed: the request took longer than its time limit",
                        "request failed: no keys to verify tokens with (and 2 more for this reason)",
                        "request failed: no keys to verify tokens with");
    }

    @Test
    void writesEachUnreadableGroup() {
        List<Logs.Line> lines = Logs.during(() -> {
            happens(Failure.groupUnreadable("a", "name"));
            happens(Failure.groupUnreadable("b", "name"));
        });

        assertThat(lines)
                .extracting(Logs.Line::message)
                .containsExactly(
                        "request failed: group a is unreadable: field name",
                        "request failed: group b is unreadable: field name");
    }

    private void happens(Failure failure) {
        log.write(failure, failure, nanos);
    }
}
