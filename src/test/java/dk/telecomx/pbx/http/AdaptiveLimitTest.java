package dk.telecomx.pbx.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdaptiveLimitTest {

    private static final int MOST = 3000;

    private final AdaptiveLimit room = new AdaptiveLimit(MOST, Duration.ofSeconds(2));

    private void second(int answered, int late) {
        IntStream.range(0, answered).forEach(request -> room.answered());
        IntStream.range(0, late).forEach(request -> room.overloaded());
        room.adapt();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "nothing happens,                                  0,     0, 3000",
        "all are answered,                                 9000,  0, 3000",
        "some are late: what half a time limit is good for, 500,  1, 500",
        "hardly any is answered: never less than the least, 3,    900, 64",
        "many are late but more are answered,              50000, 40, 3000",
        "none is answered: the database is away,           0,   900, 3000"
    })
    void isAfterASecondInWhich(String what, int answered, int late, int size) {
        second(answered, late);
        assertThat(room.size()).isEqualTo(size);
    }

    @Test
    void doublesWhereNoneIsLateUntilItIsWhole() {
        second(3, 900);
        assertThat(IntStream.range(0, 7).map(passed -> {
                    second(0, 0);
                    return room.size();
                }))
                .containsExactly(128, 256, 512, 1024, 2048, MOST, MOST);
    }

    @Test
    void neverGrowsBeyondWhatIsConfigured() {
        AdaptiveLimit small = new AdaptiveLimit(20, Duration.ofSeconds(2));
        small.answered();
        small.overloaded();
        small.adapt();
        assertThat(small.size()).isEqualTo(20);
    }
}
