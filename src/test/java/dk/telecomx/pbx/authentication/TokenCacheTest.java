package dk.telecomx.pbx.authentication;

import static dk.telecomx.pbx.authentication.StandaloneAuthenticator.await;
import static org.assertj.core.api.Assertions.assertThat;

import dk.telecomx.pbx.KeyHost;
import dk.telecomx.pbx.Keys;
import dk.telecomx.pbx.authentication.StandaloneAuthenticator.Freshness;
import dk.telecomx.pbx.error.Failure;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is remembered of verified tokens, for how long, and what is not. */
class TokenCacheTest {

    private static final Keys ISSUER = Keys.rsa("issuer");
    private static final Keys NEXT = Keys.rsa("next");

    private static StandaloneAuthenticator remembering(Duration time) {
        return StandaloneAuthenticator.with(ISSUER.jwk(), "RS256", time);
    }

    private static StandaloneAuthenticator remembering() {
        return remembering(Duration.ofMinutes(1));
    }

    /** Every byte of the token counts, the signature's last one too. */
    @Test
    void aTokenWithOneOtherByteIsAnotherToken() {
        try (StandaloneAuthenticator access = remembering()) {
            String token = ISSUER.token();
            access.callerOf(token);
            for (int i = 0; i < token.length(); i++) {
                char other = token.charAt(i) == 'A' ? 'B' : 'A';
                assertThat(access.refusalOf(token.substring(0, i) + other + token.substring(i + 1)))
                        .as("byte %d", i)
                        .isInstanceOf(Failure.class)
                        .hasMessage("Undecipherable");
            }
        }
    }

    /** The library's decoder skips characters that do not belong in a token, and ignores unused bits. */
    @Test
    void aTokenHasOneSpelling() {
        try (StandaloneAuthenticator access = remembering()) {
            String token = ISSUER.token();
            access.callerOf(token);
            for (String other : spellings(token)) {
                assertThat(access.refusalOf(other))
                        .as(other)
                        .isInstanceOf(Failure.class)
                        .hasMessage("Undecipherable");
            }
            assertThat(access.accepts(token)).isTrue();
        }
    }

    private static List<String> spellings(String token) {
        List<String> spellings = new ArrayList<>();
        for (String odd :
                List.of("!", ",", ";", "=", "==", "+", "/", "\u00a0", "\u00e9", "\u0141", "\ud83d\ude00", "\0", ".")) {
            spellings.add(token + odd);
            spellings.add(odd + token);
            spellings.add(token.substring(0, token.length() - 20) + odd + token.substring(token.length() - 20));
            spellings.add(token.replaceFirst("\\.", Matcher.quoteReplacement(odd + ".")));
        }
        // The last character of a signature of 256 bytes says four bits that are used, and two that are not.
        char last = token.charAt(token.length() - 1);
        spellings.add(token.substring(0, token.length() - 1) + (char) (last + 1));
        String[] parts = token.split("\\.", -1);
        spellings.addAll(List.of(".", "..", parts[0], parts[0] + "." + parts[1], parts[0] + "." + parts[1] + "."));
        spellings.addAll(List.of("." + parts[1] + "." + parts[2], parts[0] + ".." + parts[2]));
        return spellings;
    }

    @Test
    void remembersNoRefusal() {
        try (StandaloneAuthenticator access = remembering()) {
            String forged = Keys.rsa("issuer").token();
            String past = ISSUER.token(-60, null);
            for (int i = 1; i <= 3; i++) {
                assertThat(access.refusalOf(forged)).isInstanceOf(Failure.class).hasMessage("Undecipherable");
                assertThat(access.refusalOf(past)).isSameAs(Failure.SESSION_EXPIRED);
                assertThat(access.verifications).hasValue(2 * i);
            }
        }
    }

    @Test
    void forgetsATokenInTimeHoweverOftenItIsUsed() {
        try (StandaloneAuthenticator access = remembering(Duration.ofMillis(300))) {
            String token = ISSUER.token();
            long first = System.nanoTime();
            await(() -> {
                access.callerOf(token);
                return access.verifications.get() == 3;
            });
            assertThat(Duration.ofNanos(System.nanoTime() - first)).isGreaterThanOrEqualTo(Duration.ofMillis(600));
        }
    }

    @Test
    void saysExpiredWhenTheTimeRunsOutWhileRemembered() {
        try (StandaloneAuthenticator access = remembering()) {
            String token = ISSUER.token(1, null);
            access.callerOf(token);
            await(() -> access.refusalOf(token) != null);
            assertThat(access.refusalOf(token)).isSameAs(Failure.SESSION_EXPIRED);
            // Until then it was remembered: only the refusals were verified.
            assertThat(access.verifications).hasValue(3);
        }
    }

    @Test
    void allowsARememberedTokenTheClockSkewAndNoMore() {
        try (StandaloneAuthenticator access = remembering()) {
            // What it allows ends with the second in which the token was made.
            await(() -> {
                long second = Instant.now().getEpochSecond();
                RuntimeException refusal = access.refusalOf(ISSUER.token(0, null));
                boolean inTime = Instant.now().getEpochSecond() == second;
                assertThat(inTime ? refusal : null).isNull();
                return inTime;
            });
            String beyondIt = ISSUER.token(-StandaloneAuthenticator.CLOCK_SKEW, null);
            assertThat(access.refusalOf(beyondIt)).isSameAs(Failure.SESSION_EXPIRED);
        }
    }

    /** A token that is not good yet is refused, and none the worse for it when its time has come. */
    @Test
    void honorsTheTimeATokenBegins() {
        try (StandaloneAuthenticator access = remembering()) {
            String token = ISSUER.token(300, 3L);
            assertThat(access.refusalOf(token)).isInstanceOf(Failure.class).hasMessage("Undecipherable");
            await(() -> access.accepts(token));
            int before = access.verifications.get();
            assertThat(access.accepts(token)).isTrue();
            assertThat(access.verifications).hasValue(before);
        }
    }

    @Test
    void aChangeOfTheKeysForgetsAllTokens() throws IOException {
        try (KeyHost host = new KeyHost(ISSUER);
                StandaloneAuthenticator access =
                        StandaloneAuthenticator.fetched(host, Freshness.SHORT, StandaloneAuthenticator.LONG)) {
            String token = ISSUER.token();
            access.callerOf(token);
            VerificationKeys before = access.keys.inUse();
            assertThat(access.verifications).hasValue(1);
            host.serves(ISSUER, NEXT);
            await(() -> !access.keys.inUse().equals(before));
            access.callerOf(token);
            assertThat(access.verifications).hasValue(2);
            access.callerOf(token);
            assertThat(access.verifications).hasValue(2);
        }
    }

    /** With the keys' refresh and this memory as the only delays, and a second for the machine. */
    @Test
    void refusesARemovedKeyWithinRefreshAndMemory() throws IOException {
        Duration refresh = Duration.ofMillis(500);
        Duration memory = Duration.ofMillis(500);
        try (KeyHost host = new KeyHost(ISSUER, NEXT);
                StandaloneAuthenticator access =
                        StandaloneAuthenticator.fetched(host, Freshness.SHORT.refresh(refresh), memory)) {
            String token = ISSUER.token();
            access.callerOf(token);
            host.serves(NEXT);
            long removed = System.nanoTime();
            await(() -> access.refusalOf(token) != null);
            assertThat(Duration.ofNanos(System.nanoTime() - removed))
                    .isLessThan(refresh.plus(memory).plusSeconds(1));
        }
    }

    @Test
    void keepsNothingButTheCallerAndWhatTellsWhetherItCounts() {
        assertThat(Stream.of(CallerPrincipal.class.getDeclaredFields())
                        .filter(field -> !Modifier.isStatic(field.getModifiers()))
                        .map(Field::getName))
                .containsExactlyInAnyOrder("caller", "levels", "validUntil", "keys");
    }
}
