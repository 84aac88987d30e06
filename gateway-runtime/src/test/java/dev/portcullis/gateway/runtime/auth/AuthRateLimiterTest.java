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
        assertEquals(Optional.empty(), limiter.lockout(CLIENT));

        fail(CLIENT, 1);

        assertEquals(Optional.of(Duration.ofSeconds(300)), limiter.lockout(CLIENT));
    }

    @Test
    void anotherAddressIsNotLockedOut() {
        fail(CLIENT, 3);

        assertEquals(Optional.empty(), limiter.lockout("203.0.113.10"));
    }

    @Test
    void failuresOlderThanTheWindowDoNotCount() {
        fail(CLIENT, 2);
        now = now.plusSeconds(60);

        fail(CLIENT, 2);

        assertEquals(Optional.empty(), limiter.lockout(CLIENT));
    }

    @Test
    void theWindowSlides() {
        fail(CLIENT, 1);
        now = now.plusSeconds(30);
        fail(CLIENT, 1);
        now = now.plusSeconds(31);
        fail(CLIENT, 1);
        assertEquals(Optional.empty(), limiter.lockout(CLIENT));

        fail(CLIENT, 1);

        assertTrue(limiter.lockout(CLIENT).isPresent());
    }

    @Test
    void successForgetsTheFailures() {
        fail(CLIENT, 2);
        limiter.succeeded(CLIENT);

        fail(CLIENT, 2);

        assertEquals(Optional.empty(), limiter.lockout(CLIENT));
    }

    @Test
    void failuresDuringALockDoNotProlongIt() {
        fail(CLIENT, 3);
        now = now.plusSeconds(299);

        fail(CLIENT, 5);

        assertEquals(Optional.of(Duration.ofSeconds(1)), limiter.lockout(CLIENT));
    }

    @Test
    void afterALockCountingStartsAnew() {
        AuthRateLimiter longWindow = new AuthRateLimiter(
                new RateLimit(2, Duration.ofHours(1), Duration.ofSeconds(3), true), () -> now, this::sleep);
        longWindow.failed(CLIENT);
        longWindow.failed(CLIENT);
        now = now.plusSeconds(3);
        assertEquals(Optional.empty(), longWindow.lockout(CLIENT));

        longWindow.failed(CLIENT);

        assertEquals(Optional.empty(), longWindow.lockout(CLIENT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"::ffff:203.0.113.9", "::ffff:cb00:7109", "203.0.113.9:4711"})
    void oneAddressHasOneKey(String spelling) {
        fail(spelling, 3);

        assertTrue(limiter.lockout(CLIENT).isPresent());
    }

    @Test
    void whatIsNoAddressSharesOneKey() {
        fail("banana", 3);

        assertTrue(limiter.lockout("apple").isPresent());
    }

    @Test
    void namesOfOriginsAndIdentitiesAreKeysOfTheirOwn() {
        fail("browser-origin:http://127.0.0.1", 3);

        assertTrue(limiter.lockout("browser-origin:http://127.0.0.1").isPresent());
        assertEquals(Optional.empty(), limiter.lockout("identity:127.0.0.1"));
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
        assertEquals(Optional.empty(), limiter.lockout(loopback));
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

        assertTrue(limiter.lockout("127.0.0.1").isPresent());
        assertEquals(List.of(), pauses);
    }

    @Test
    void aFailureWhileAnotherWaitsMovesTheCommonDeadline() {
        List<Duration> waits = new ArrayList<>();
        AuthRateLimiter[] self = new AuthRateLimiter[1];
        self[0] = new AuthRateLimiter(THREE, () -> now, duration -> {
            waits.add(duration);
            if (waits.size() == 1) {
                now = now.plusMillis(100);
                self[0].failed("127.0.0.1");
                return;
            }
            now = now.plus(duration);
        });
        Instant start = now;

        self[0].failed("127.0.0.1");

        assertEquals(Duration.ofMillis(600), Duration.between(start, now));
        assertEquals(List.of(Duration.ofMillis(250), Duration.ofMillis(500)), waits);
    }

    @Test
    void anInterruptedWaiterStopsWaitingAndStaysInterrupted() {
        AuthRateLimiter interrupted = new AuthRateLimiter(THREE, () -> now, duration -> {
            throw new InterruptedException();
        });

        interrupted.failed("127.0.0.1");

        assertTrue(Thread.interrupted());
    }

    @Test
    void aReplacedPolicyKeepsTheCounters() {
        fail(CLIENT, 2);
        limiter.replacePolicy(new RateLimit(3, Duration.ofSeconds(60), Duration.ofSeconds(7), true));

        fail(CLIENT, 1);

        assertEquals(Optional.of(Duration.ofSeconds(7)), limiter.lockout(CLIENT));
    }

    @Test
    void aFullTableMakesRoomByForgettingAnUnlockedClient() {
        fail(CLIENT, 3);
        for (int i = 0; i < AuthRateLimiter.MAX_ENTRIES + 50; i++) {
            fail(address(i), 1);
        }

        assertEquals(AuthRateLimiter.MAX_ENTRIES, limiter.size());
        assertTrue(limiter.lockout(CLIENT).isPresent());
        assertEquals(Optional.empty(), limiter.lockout("198.51.100.1"));
    }

    @Test
    void aTableFullOfLocksRefusesEverybodyItDoesNotKnow() {
        limiter.replacePolicy(new RateLimit(1, Duration.ofSeconds(60), Duration.ofSeconds(300), true));
        for (int i = 0; i < AuthRateLimiter.MAX_ENTRIES; i++) {
            fail(address(i), 1);
        }
        assertEquals(Optional.empty(), limiter.lockout(CLIENT));

        fail(CLIENT, 1);

        assertEquals(AuthRateLimiter.MAX_ENTRIES, limiter.size());
        assertEquals(Optional.of(Duration.ofSeconds(300)), limiter.lockout("198.51.100.1"));
        assertEquals(Optional.empty(), limiter.lockout("127.0.0.1"));
        now = now.plusSeconds(300);
        assertEquals(Optional.empty(), limiter.lockout("198.51.100.1"));
    }

    @Test
    void forgottenClientsLeaveTheTable() {
        fail(CLIENT, 1);
        fail("203.0.113.10", 3);
        now = now.plusSeconds(61);

        fail("203.0.113.11", 1);

        assertEquals(2, limiter.size());
        assertTrue(limiter.lockout("203.0.113.10").isPresent());
    }

    @Test
    void theOwnClockMovesOn() {
        AuthRateLimiter real = new AuthRateLimiter(new RateLimit(1, Duration.ofSeconds(60), Duration.ofHours(1), true));

        real.failed(CLIENT);

        Duration left = real.lockout(CLIENT).orElseThrow();
        assertFalse(left.isNegative() || left.compareTo(Duration.ofHours(1)) > 0, left.toString());
    }

    private void fail(String client, int times) {
        for (int i = 0; i < times; i++) {
            limiter.failed(client);
        }
    }

    private static String address(int i) {
        return "100.%d.%d.%d".formatted(64 + (i >> 16), (i >> 8) & 255, i & 255);
    }
}
