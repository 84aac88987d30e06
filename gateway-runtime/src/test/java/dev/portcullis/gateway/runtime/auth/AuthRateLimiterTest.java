package dev.portcullis.gateway.runtime.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.runtime.config.AuthConfig.RateLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthRateLimiterTest {
    private static final String CLIENT = "203.0.113.9";
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";
    private static final RateLimit THREE = new RateLimit(3, Duration.ofSeconds(60), Duration.ofSeconds(300), true);

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final List<Duration> pauses = new ArrayList<>();
    private final AuthRateLimiter limiter = new AuthRateLimiter(THREE, () -> now, this::sleep);

    private void sleep(Duration duration) {
        pauses.add(duration);
        now = now.plus(duration);
    }

    @Test
    void theLastAllowedFailureSetsTheLock() {
        fail(CLIENT, 2);
        assertEquals(Optional.empty(), limiter.lockout(CLIENT, ""));

        fail(CLIENT, 1);

        assertEquals(Optional.of(Duration.ofSeconds(300)), limiter.lockout(CLIENT, ""));
    }

    @Test
    void anotherAddressIsNotLockedOut() {
        fail(CLIENT, 3);

        assertEquals(Optional.empty(), limiter.lockout("203.0.113.10", ""));
    }

    @Test
    void failuresOlderThanTheWindowDoNotCount() {
        fail(CLIENT, 2);
        now = now.plusSeconds(60);

        fail(CLIENT, 2);

        assertEquals(Optional.empty(), limiter.lockout(CLIENT, ""));
    }

    @Test
    void theWindowSlides() {
        fail(CLIENT, 1);
        now = now.plusSeconds(30);
        fail(CLIENT, 1);
        now = now.plusSeconds(31);
        fail(CLIENT, 1);
        assertEquals(Optional.empty(), limiter.lockout(CLIENT, ""));

        fail(CLIENT, 1);

        assertTrue(limiter.lockout(CLIENT, "").isPresent());
    }

    @Test
    void successForgetsTheFailures() {
        fail(CLIENT, 2);
        limiter.succeeded(CLIENT);

        fail(CLIENT, 2);

        assertEquals(Optional.empty(), limiter.lockout(CLIENT, ""));
    }

    @Test
    void failuresDuringALockDoNotProlongIt() {
        fail(CLIENT, 3);
        now = now.plusSeconds(299);

        fail(CLIENT, 5);

        assertEquals(Optional.of(Duration.ofSeconds(1)), limiter.lockout(CLIENT, ""));
    }

    @Test
    void afterALockCountingStartsAnew() {
        AuthRateLimiter longWindow = new AuthRateLimiter(
                new RateLimit(2, Duration.ofHours(1), Duration.ofSeconds(3), true), () -> now, this::sleep);
        longWindow.failed(CLIENT, "", true);
        longWindow.failed(CLIENT, "", true);
        now = now.plusSeconds(3);
        assertEquals(Optional.empty(), longWindow.lockout(CLIENT, ""));

        longWindow.failed(CLIENT, "", true);

        assertEquals(Optional.empty(), longWindow.lockout(CLIENT, ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"::ffff:203.0.113.9", "::ffff:cb00:7109", "203.0.113.9:4711"})
    void oneAddressHasOneKey(String spelling) {
        fail(spelling, 3);

        assertTrue(limiter.lockout(CLIENT, "").isPresent());
    }

    @Test
    void whatIsNoAddressSharesOneKey() {
        fail("banana", 3);

        assertTrue(limiter.lockout("apple", "").isPresent());
    }

    @Test
    void namesOfOriginsAndIdentitiesAreKeysOfTheirOwn() {
        fail("browser-origin:http://127.0.0.1", 3);

        assertTrue(limiter.lockout("browser-origin:http://127.0.0.1", "").isPresent());
        assertEquals(Optional.empty(), limiter.lockout("identity:127.0.0.1", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "::ffff:127.0.0.1"})
    void anExemptLoopbackClientWaitsLongerEachTimeAndIsNeverLockedOut(String loopback) {
        fail(loopback, 7);

        assertEquals(
                LongStream.of(250, 500, 1000, 2000, 4000, 5000, 5000)
                        .mapToObj(Duration::ofMillis)
                        .toList(),
                pauses);
        assertEquals(Optional.empty(), limiter.lockout(loopback, ""));
    }

    @Test
    void successEndsTheGrowthOfTheDelay() {
        fail("127.0.0.1", 3);
        limiter.succeeded("127.0.0.1");
        pauses.clear();

        fail("127.0.0.1", 1);

        assertEquals(List.of(Duration.ofMillis(250)), pauses);
    }

    @Test
    void loopbackThatIsNotExemptIsLockedOut() {
        limiter.replacePolicy(new RateLimit(3, Duration.ofSeconds(60), Duration.ofSeconds(300), false));

        fail("127.0.0.1", 3);

        assertTrue(limiter.lockout("127.0.0.1", "").isPresent());
        assertEquals(List.of(), pauses);
    }

    @Test
    void aFailureWhileAnotherWaitsMovesItsOwnDeadlineAndNoOther() {
        List<Duration> waits = new ArrayList<>();
        AuthRateLimiter[] self = new AuthRateLimiter[1];
        Instant start = now;
        self[0] = new AuthRateLimiter(THREE, () -> now, duration -> {
            waits.add(duration);
            if (waits.size() == 1) {
                now = now.plusMillis(100);
                self[0].failed("127.0.0.1", "", true);
                return;
            }
            now = now.plus(duration);
        });

        self[0].failed("127.0.0.1", "", true);

        // the second one comes after the first, whose time is over by then
        assertEquals(List.of(Duration.ofMillis(250), Duration.ofMillis(650)), waits);
        assertEquals(Duration.ofMillis(750), Duration.between(start, now));
    }

    @Test
    void guessesBeyondAQueueOfTenSecondsAreNotJudged() {
        AuthRateLimiter busy = new AuthRateLimiter(THREE, () -> now, duration -> {
            throw new InterruptedException();
        });
        int judged = 0;
        while (busy.lockout("127.0.0.1", "").isEmpty()) {
            judged++;
            assertEquals(Optional.empty(), busy.failed("127.0.0.1", "guess-" + judged, true));
            assertTrue(Thread.interrupted());
        }

        assertEquals(6, judged);
        assertEquals(Optional.of(Duration.ofMillis(2_750)), busy.lockout("127.0.0.1", "another"));
        assertEquals(Optional.of(Duration.ofMillis(2_750)), busy.lockout("127.8.7.6", "another"));
        now = now.plusMillis(2_750);
        assertEquals(Optional.empty(), busy.lockout("127.0.0.1", "another"));
    }

    @Test
    void anInterruptedWaiterStopsWaitingAndStaysInterrupted() {
        AuthRateLimiter interrupted = new AuthRateLimiter(THREE, () -> now, duration -> {
            throw new InterruptedException();
        });

        interrupted.failed("127.0.0.1", "", true);

        assertTrue(Thread.interrupted());
    }

    @Test
    void aReplacedPolicyKeepsTheCounters() {
        fail(CLIENT, 2);
        limiter.replacePolicy(new RateLimit(3, Duration.ofSeconds(60), Duration.ofSeconds(7), true));

        fail(CLIENT, 1);

        assertEquals(Optional.of(Duration.ofSeconds(7)), limiter.lockout(CLIENT, ""));
    }

    @Test
    void aFullTableMakesRoomByForgettingAnUnlockedClient() {
        fail(CLIENT, 3);
        for (int i = 0; i < AuthRateLimiter.MAX_ENTRIES + 50; i++) {
            fail(address(i), 1);
        }

        assertEquals(AuthRateLimiter.MAX_ENTRIES, limiter.size());
        assertTrue(limiter.lockout(CLIENT, "").isPresent());
        assertEquals(Optional.empty(), limiter.lockout("198.51.100.1", ""));
    }

    @Test
    void aTableFullOfLocksForgetsTheOldestAndLocksNobodyElse() {
        limiter.replacePolicy(new RateLimit(1, Duration.ofSeconds(60), Duration.ofSeconds(300), true));
        for (int i = 0; i < AuthRateLimiter.MAX_ENTRIES; i++) {
            fail(address(i), 1);
        }

        fail(CLIENT, 1);

        assertEquals(AuthRateLimiter.MAX_ENTRIES, limiter.size());
        assertEquals(Optional.empty(), limiter.lockout("198.51.100.1", ""));
        assertTrue(limiter.lockout(CLIENT, "").isPresent());
        assertEquals(Optional.empty(), limiter.lockout(address(0), ""));
        assertTrue(limiter.lockout(address(1), "").isPresent());
    }

    @Test
    void aNetworkOf64BitsIsOneClient() {
        for (int i = 0; i < 3; i++) {
            fail("2001:db8:1:2::" + i, 1);
        }

        assertTrue(limiter.lockout("2001:db8:1:2:ffff:ffff:ffff:ffff", "").isPresent());
        assertEquals(Optional.empty(), limiter.lockout("2001:db8:1:3::1", ""));
    }

    @Test
    void aSiteThatGuessesFromManyNetworksIsLockedAsAWhole() {
        int failures = 0;
        while (limiter.lockout("2001:db8:1:ffff::1", "").isEmpty()) {
            fail("2001:db8:1:%x::1".formatted(failures++), 1);
        }

        assertEquals(3 * AuthRateLimiter.GROUP, failures);
        assertEquals(Optional.empty(), limiter.lockout("2001:db8:2::1", ""));
    }

    @Test
    void aKnownCallerDoesNotPayForItsSite() {
        limiter.admitted("2001:db8:1:ffff::1", TOKEN);
        for (int i = 0; i < 3 * AuthRateLimiter.GROUP; i++) {
            fail("2001:db8:1:%x::1".formatted(i), 1);
        }

        assertEquals(Optional.empty(), limiter.lockout("2001:db8:1:ffff::1", TOKEN));
        assertTrue(limiter.lockout("2001:db8:1:ffff::1", TOKEN + "x").isPresent());
        assertTrue(limiter.lockout("2001:db8:1:fffe::1", TOKEN).isPresent());
    }

    @Test
    void aKnownCallerIsForgottenWhenItsCredentialHoldsNoMore() {
        limiter.admitted("127.0.0.1", TOKEN);
        fillQueue();
        assertEquals(Optional.empty(), limiter.lockout("127.0.0.1", TOKEN));

        limiter.failed("127.0.0.1", TOKEN, false);

        assertTrue(limiter.lockout("127.0.0.1", TOKEN).isPresent());
    }

    @Test
    void aCredentialThatCouldBeGuessedIsNeverKnown() {
        limiter.admitted("127.0.0.1", "hunter2");
        fillQueue();

        assertTrue(limiter.lockout("127.0.0.1", "hunter2").isPresent());
    }

    @Test
    void aKnownCallerIsForgottenAfterAnHour() {
        limiter.admitted("127.0.0.1", TOKEN);
        now = now.plus(RecentCallers.KEPT);
        fillQueue();

        assertTrue(limiter.lockout("127.0.0.1", TOKEN).isPresent());
    }

    private void fillQueue() {
        for (int i = 0; i < 10; i++) {
            limiter.failed("127.0.0.1", "guess-" + i, false);
        }
    }

    @Test
    void theSameWrongCredentialTakesNobodysTurn() {
        for (int i = 0; i < 50; i++) {
            limiter.failed("127.0.0.1", "old-token", false);
        }

        assertEquals(Optional.empty(), limiter.lockout("127.0.0.1", ""));
    }

    @Test
    void aWrongAnswerThatALockOvertookLooksLikeTheRightOne() {
        fail(CLIENT, 3);

        assertEquals(Optional.of(Duration.ofSeconds(300)), limiter.failed(CLIENT, "late", true));
    }

    @Test
    void aCallerWhoComesOftenForgivesOnceInAWindow() {
        fail(CLIENT, 2);
        limiter.succeeded(CLIENT);
        fail(CLIENT, 2);
        limiter.succeeded(CLIENT);

        fail(CLIENT, 1);

        assertTrue(limiter.lockout(CLIENT, "").isPresent());
    }

    @Test
    void forgottenClientsLeaveTheTable() {
        fail(CLIENT, 1);
        fail("203.0.113.10", 3);
        now = now.plusSeconds(61);

        fail("203.0.113.11", 1);

        assertEquals(2, limiter.size());
        assertTrue(limiter.lockout("203.0.113.10", "").isPresent());
    }

    @Test
    void theOwnClockMovesOn() {
        AuthRateLimiter real = new AuthRateLimiter(new RateLimit(1, Duration.ofSeconds(60), Duration.ofHours(1), true));

        real.failed(CLIENT, "", true);

        Duration left = real.lockout(CLIENT, "").orElseThrow();
        assertFalse(left.isNegative() || left.compareTo(Duration.ofHours(1)) > 0, left.toString());
    }

    private void fail(String client, int times) {
        for (int i = 0; i < times; i++) {
            limiter.failed(client, "", true);
        }
    }

    private static String address(int i) {
        return "100.%d.%d.%d".formatted(64 + (i >> 16), (i >> 8) & 255, i & 255);
    }
}
