package dk.telecomx.pbx.error;

import static org.assertj.core.api.Assertions.assertThat;

import dk.telecomx.pbx.Logs;
import dk.telecomx.pbx.error.Failure.GroupUnreadable;
import dk.telecomx.pbx.error.Failure.KeysUnavailable;
import dk.telecomx.pbx.error.Failure.TimeLimitExceeded;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailureLogTest {

    private long nanos = 5;
    private final FailureLog log = new FailureLog(() -> nanos);

    @Test
    void writesTheFirstOfAReasonAtOnceThenACountASecond() {
        List<Logs.Line> lines = Logs.during(() -> {
            happens(new KeysUnavailable());
            happens(new KeysUnavailable());
            happens(new TimeLimitExceeded("the request"));
            nanos += Duration.ofMillis(999).toNanos();
            happens(new KeysUnavailable());
            nanos += Duration.ofMillis(1).toNanos();
            happens(new KeysUnavailable());
            nanos += Duration.ofSeconds(1).toNanos();
            happens(new KeysUnavailable());
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
            happens(new GroupUnreadable("a", "name"));
            happens(new GroupUnreadable("b", "name"));
        });

        assertThat(lines)
                .extracting(Logs.Line::message)
                .containsExactly(
                        "request failed: group a is unreadable: field name",
                        "request failed: group b is unreadable: field name");
    }

    private void happens(Failure failure) {
        log.write(failure, failure);
    }
}
