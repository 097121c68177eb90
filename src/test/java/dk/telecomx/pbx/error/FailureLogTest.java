package dk.telecomx.pbx.error;

import static org.assertj.core.api.Assertions.assertThat;

import dk.telecomx.pbx.error.Failure.GroupUnreadable;
import dk.telecomx.pbx.error.Failure.KeysUnavailable;
import dk.telecomx.pbx.error.Failure.TimeLimitExceeded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FailureLogTest {

    private final List<String> lines = new ArrayList<>();
    private final Handler reader = new Handler() {
        @Override
        public void publish(LogRecord logged) {
            lines.add(new SimpleFormatter().formatMessage(logged));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private final Logger logger = Logger.getLogger(ErrorMapper.class.getName());
    private long nanos = 5;
    private final FailureLog log = new FailureLog(() -> nanos);

    @BeforeEach
    void read() {
        logger.addHandler(reader);
    }

    @AfterEach
    void stopReading() {
        logger.removeHandler(reader);
    }

    @Test
    void writesTheFirstOfAReasonAtOnceThenACountASecond() {
        happens(new KeysUnavailable());
        happens(new KeysUnavailable());
        happens(new TimeLimitExceeded("the request"));
        nanos += Duration.ofMillis(999).toNanos();
        happens(new KeysUnavailable());
        nanos += Duration.ofMillis(1).toNanos();
        happens(new KeysUnavailable());
        nanos += Duration.ofSeconds(1).toNanos();
        happens(new KeysUnavailable());

        assertThat(lines)
                .containsExactly(
                        "request failed: no keys to verify tokens with",
                        "request failed: the request took longer than its time limit",
                        "request failed: no keys to verify tokens with (and 2 more for this reason)",
                        "request failed: no keys to verify tokens with");
    }

    @Test
    void writesEachUnreadableGroup() {
        happens(new GroupUnreadable("a", "name"));
        happens(new GroupUnreadable("b", "name"));

        assertThat(lines)
                .containsExactly(
                        "request failed: group a is unreadable: field name",
                        "request failed: group b is unreadable: field name");
    }

    private void happens(Failure failure) {
        log.write(failure, failure);
    }
}
