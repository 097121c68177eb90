package dk.telecomx.pbx;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The clock that deadlines are tested with. */
class AwaitTest {

    private static final Duration SOON = Duration.ofMillis(50);

    @Test
    void returnsWhatComesInTime() {
        Iterator<Boolean> answers = List.of(false, false, true).iterator();

        assertThatCode(() -> Await.until("it", Duration.ofMinutes(1), answers::next))
                .doesNotThrowAnyException();
    }

    @Test
    void failsWhereItNeverComes() {
        assertThatThrownBy(() -> Await.until("it", SOON, () -> false))
                .isInstanceOf(AssertionError.class)
                .hasMessage("not within 50 ms: it");
    }

    @Test
    void takesAnAnswerThatBeganInTimeAndEndedLateForLate() {
        assertThatThrownBy(() -> Await.until("it", SOON, () -> {
                    Await.pass(SOON.multipliedBy(2));
                    return true;
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("but after");
    }

    @Test
    void takesAFailureToTellForNoAndKeepsIt() {
        IllegalStateException failure = new IllegalStateException("no answer");
        assertThatThrownBy(() -> Await.until("it", SOON, () -> {
                    throw failure;
                }))
                .isInstanceOf(AssertionError.class)
                .hasCause(failure);
    }
}
