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
        List<String> lines = logged(() -> {
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
                .containsExactly(
                        "request failed: no keys to verify tokens with",
                        "request failed: the request took longer than its time limit",
                        "request failed: no keys to verify tokens with (and 2 more for this reason)",
                        "request failed: no keys to verify tokens with");
    }

    @Test
    void writesEachUnreadableGroup() {
        List<String> lines = logged(() -> {
            happens(Failure.unreadable("group a", "field name"));
            happens(Failure.unreadable("group b", "field name"));
        });

        assertThat(lines)
                .containsExactly(
                        "request failed: group a is unreadable: field name",
                        "request failed: group b is unreadable: field name");
    }

    /** One group that many read once filled the log's queue, and audit records were dropped. */
    @Test
    void writesAnUnreadableGroupOnceASecond() {
        List<String> lines = logged(() -> {
            for (int read = 0; read < 500; read++) {
                happens(Failure.unreadable("group a", "field name"));
            }
            nanos += Duration.ofSeconds(1).toNanos();
            happens(Failure.unreadable("group a", "field name"));
        });

        assertThat(lines)
                .containsExactly(
                        "request failed: group a is unreadable: field name",
                        "request failed: group a is unreadable: field name (and 499 more for this reason)");
    }

    /** So did a bug, with its stack trace each time. */
    @Test
    void writesABugOnceASecondForEachPlace() {
        List<String> lines = logged(() -> {
            for (int request = 0; request < 500; request++) {
                log.write(Failure.BUG, here(), nanos);
                log.write(Failure.BUG, there(), nanos);
            }
            log.write(Failure.BUG, null, nanos);
        });

        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).startsWith("request failed: a bug").contains("here()", "FailureLogTest.here");
        assertThat(lines.get(1)).startsWith("request failed: a bug").contains("there()", "FailureLogTest.there");
        assertThat(lines.get(2)).isEqualTo("request failed: a bug");
    }

    private static RuntimeException here() {
        return new IllegalStateException("here()");
    }

    private static RuntimeException there() {
        return new IllegalStateException("there()");
    }

    @Test
    void forgetsAllOnceThereAreTenThousandDocuments() {
        List<String> lines = logged(() -> {
            for (int group = 0; group <= 10_000; group++) {
                happens(Failure.unreadable("group " + group, "field name"));
            }
            happens(Failure.unreadable("group 0", "field name"));
        });

        assertThat(lines).hasSize(10_002);
    }

    private static List<String> logged(Logs.Work<RuntimeException> work) {
        return Logs.during(work).stream().map(Logs.Line::message).toList();
    }

    private void happens(Failure failure) {
        log.write(failure, failure, nanos);
    }
}
