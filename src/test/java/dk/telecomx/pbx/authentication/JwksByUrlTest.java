package dk.telecomx.pbx.authentication;

import static dk.telecomx.pbx.authentication.StandaloneAuthenticator.await;
import static org.assertj.core.api.Assertions.assertThat;

import dk.telecomx.pbx.KeyHost;
import dk.telecomx.pbx.Keys;
import dk.telecomx.pbx.Logs;
import dk.telecomx.pbx.authentication.StandaloneAuthenticator.Freshness;
import dk.telecomx.pbx.error.Failure;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys behind a URL, from a host that does what hosts do. */
class JwksByUrlTest {

    private static final Keys OLD = Keys.rsa("old");
    private static final Keys NEW = Keys.rsa("new");
    private static final Duration NEVER = Duration.ofHours(1);

    private KeyHost host;

    @BeforeEach
    void start() throws IOException {
        host = new KeyHost(OLD);
    }

    @AfterEach
    void stop() {
        host.close();
    }

    private StandaloneAuthenticator fetched() {
        return StandaloneAuthenticator.fetched(host, Freshness.SHORT, StandaloneAuthenticator.LONG);
    }

    private void awaitFetches(int more) {
        int before = host.fetches();
        await(() -> host.fetches() >= before + more);
    }

    @Test
    void acceptsANewKeyAfterARefresh() {
        try (StandaloneAuthenticator access = fetched()) {
            String token = NEW.token();
            assertThat(access.refusalOf(token)).isInstanceOf(Failure.class).hasMessage("Undecipherable");
            host.serves(OLD, NEW);
            await(() -> access.accepts(token));
            assertThat(access.accepts(OLD.token())).isTrue();
        }
    }

    @Test
    void refusesARemovedKeyAfterARefreshThoughItsTokenIsRemembered() {
        try (StandaloneAuthenticator access = fetched()) {
            String token = OLD.token();
            access.callerOf(token);
            host.serves(NEW);
            await(() -> access.findsUndecipherable(token));
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void keepsItsKeysWhileTheHostIsAwayUntilTheyAreTooOld() {
        Duration maxAge = Duration.ofSeconds(2);
        try (StandaloneAuthenticator access =
                StandaloneAuthenticator.fetched(host, Freshness.SHORT.maxAge(maxAge), StandaloneAuthenticator.LONG)) {
            String token = OLD.token();
            host.close();
            long away = System.nanoTime();
            await(() -> access.refusalOf(token) == Failure.KEYS_UNAVAILABLE);
            // The last fetch may have been one refresh before the host went.
            assertThat(Duration.ofNanos(System.nanoTime() - away)).isGreaterThan(Duration.ofSeconds(1));
            assertThat(access.keys.problem()).isEqualTo("the keys are too old");
        }
    }

    @Test
    void recoversWhenTheHostDoes() {
        host.answersWith(503);
        try (StandaloneAuthenticator access = StandaloneAuthenticator.at(host.url(), "RS256")) {
            await(() -> host.fetches() >= 2);
            assertThat(access.refusalOf(OLD.token())).isSameAs(Failure.KEYS_UNAVAILABLE);
            assertThat(access.keys.problem()).isEqualTo("no keys were fetched yet");
            host.answersWith(200);
            await(() -> access.accepts(OLD.token()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>We are moving</html>", "", "{}", "{\"keys\":5}", "{\"keys\":[}", "[]", "null"})
    void keepsItsKeysWhenTheHostAnswersWithSomethingElse(String other) {
        try (StandaloneAuthenticator access = fetched()) {
            host.serves(other);
            awaitFetches(3);
            assertThat(access.accepts(OLD.token())).isTrue();
            assertThat(access.keys.problem()).isEmpty();
        }
    }

    /** A set of no keys once counted as a failed fetch: keys that were taken away stayed good for as long as the host said so. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"keys\":[]}", "{\"keys\":[{\"kty\":\"?\"}]}", "WEAK", "CURVE"})
    void trustsNoKeyOnceTheHostPublishesNoneThatFits(String set) {
        try (StandaloneAuthenticator access = fetched()) {
            String token = OLD.token();
            access.callerOf(token);
            host.serves(
                    switch (set) {
                        case "WEAK" -> Keys.jwks(Keys.rsa("old", 1024));
                        case "CURVE" -> Keys.jwks(Keys.ec("old", "secp256r1"));
                        default -> set;
                    });

            await(() -> access.findsUndecipherable(token));
            assertThat(access.keys.problem()).isNotEmpty();
            assertThat(access.keyAge()).isLessThan(10);

            host.serves(OLD);
            await(() -> access.accepts(token));
            assertThat(access.keys.problem()).isEmpty();
        }
    }

    @Test
    void isNotReadyWhereTheFirstSetHasNoKey() {
        host.serves("{\"keys\":[]}");
        try (StandaloneAuthenticator access = StandaloneAuthenticator.at(host.url(), "RS256")) {
            await(() -> access.findsUndecipherable(OLD.token()));
            assertThat(access.keys.problem()).isEqualTo("none of the fetched keys can be used");
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void tellsHowOldItsKeysAre() {
        Freshness rare = Freshness.SHORT.refresh(NEVER);
        try (StandaloneAuthenticator access =
                StandaloneAuthenticator.fetched(host, rare, StandaloneAuthenticator.LONG)) {
            await(() -> access.keyAge() > 1);
        }
        try (StandaloneAuthenticator access = fetched()) {
            host.answersWith(503);
            await(() -> access.keyAge() > 1);
            host.answersWith(200);
            await(() -> access.keyAge() < 1);
        }
        host.answersWith(503);
        try (StandaloneAuthenticator never = StandaloneAuthenticator.at(host.url(), "RS256")) {
            await(() -> never.keyAge() > 1);
        }
        try (StandaloneAuthenticator configured = StandaloneAuthenticator.with(OLD.jwk(), "RS256")) {
            assertThat(configured.keyAge()).isZero();
        }
    }

    /** The client's end of it once was an ERROR of its own: a stream that was reset. */
    @Test
    void logsARefusalOfTheHostsOnceAndAsAWarning() {
        List<Logs.Line> lines = Logs.during(() -> {
            try (StandaloneAuthenticator access = fetched()) {
                host.answersWith(503);
                awaitFetches(5);
                assertThat(access.keys.problem()).isEmpty();
            }
        });
        assertThat(lines).anyMatch(line -> line.message().contains("status 503"));
        assertThat(lines)
                .filteredOn(line -> line.level().intValue() > Level.WARNING.intValue())
                .isEmpty();
    }

    @Test
    void doesNotReadMoreThanAMegabyte() {
        try (StandaloneAuthenticator access = fetched()) {
            String padding = " ".repeat(1 << 20);
            host.serves(Keys.jwks(NEW) + padding);
            awaitFetches(3);
            assertThat(access.accepts(OLD.token())).isTrue();
            assertThat(access.accepts(NEW.token())).isFalse();
            host.serves(Keys.jwks(NEW) + padding.substring(10_000));
            await(() -> access.accepts(NEW.token()));
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "WHOLE")
    @Execution(ExecutionMode.CONCURRENT)
    void keepsItsKeysWhileNoAnswerEnds(KeyHost.Manner manner) {
        Freshness patient = Freshness.SHORT.timeLimit(Duration.ofMillis(300));
        try (StandaloneAuthenticator access =
                StandaloneAuthenticator.fetched(host, patient, StandaloneAuthenticator.LONG)) {
            host.is(manner);
            // More than the connections that the client may keep open to one host.
            awaitFetches(8);
            assertThat(access.accepts(OLD.token())).isTrue();
            host.serves(NEW);
            host.is(KeyHost.Manner.WHOLE);
            await(() -> access.accepts(NEW.token()));
        }
    }

    @Test
    void noTokenCausesAFetch() {
        Freshness rare = Freshness.SHORT.refresh(NEVER);
        try (StandaloneAuthenticator access =
                StandaloneAuthenticator.fetched(host, rare, StandaloneAuthenticator.LONG)) {
            int fetches = host.fetches();
            for (int i = 0; i < 50; i++) {
                String stranger = NEW.called("unknown-" + i).token();
                assertThat(access.refusalOf(stranger))
                        .isInstanceOf(Failure.class)
                        .hasMessage("Undecipherable");
                assertThat(access.accepts(OLD.token())).isTrue();
            }
            assertThat(host.fetches()).isEqualTo(fetches);
        }
    }

    @Test
    void fetchesNoMoreOnceItIsStopped() throws IOException {
        try (StandaloneAuthenticator access = fetched();
                KeyHost other = new KeyHost(OLD);
                StandaloneAuthenticator running =
                        StandaloneAuthenticator.fetched(other, Freshness.SHORT, StandaloneAuthenticator.LONG)) {
            awaitFetches(2);
            access.keys.stop();
            // A fetch that was on its way when it was stopped may still arrive.
            int before = host.fetches() + 1;
            int meanwhile = other.fetches() + 5;
            await(() -> other.fetches() >= meanwhile && running.accepts(OLD.token()));
            assertThat(host.fetches()).isLessThanOrEqualTo(before);
        }
    }

    @Test
    void theSameKeysInAnotherOrderAreNoChange() {
        host.serves(OLD, NEW);
        try (StandaloneAuthenticator access = fetched()) {
            VerificationKeys before = access.keys.inUse();
            host.serves(NEW, OLD);
            awaitFetches(3);
            assertThat(access.keys.inUse()).isSameAs(before);
            host.serves(NEW);
            await(() -> !access.keys.inUse().equals(before));
        }
    }
}
