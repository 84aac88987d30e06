package dev.portcullis.gateway.runtime.auth;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.runtime.config.AuthConfig.RateLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Guesses, each of them judged for a while, beside callers who are right, in any order. What counts is not what was asked but
 * what was told: a guess gains something if the right secret in its place would have been answered differently.
 */
class GuessingModelTest {
    private static final Duration WINDOW = Duration.ofSeconds(60);
    private static final int MOST = 10;
    private static final int STEPS = 20_000;
    private static final String RIGHT = "0123456789abcdef0123456789abcdef";

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private Duration longestPause = Duration.ZERO;
    private final AuthRateLimiter limiter =
            new AuthRateLimiter(new RateLimit(MOST, WINDOW, Duration.ofSeconds(300), true), () -> now, duration -> {
                longestPause = duration.compareTo(longestPause) > 0 ? duration : longestPause;
                // the caller hangs up: what it did stays done
                throw new InterruptedException();
            });

    /** When guesses were told to be wrong. */
    private final List<Instant> told = new ArrayList<>();

    private int judged;

    private void guess(String client, String secret) {
        if (limiter.lockout(client, secret).isPresent()) {
            return;
        }
        judged++;
        inFlight.add(() -> {
            if (limiter.failed(client, secret, true).isEmpty()) {
                told.add(now);
            }
            Thread.interrupted();
        });
    }

    private final Deque<Runnable> inFlight = new ArrayDeque<>();

    private void finishOne(Random random) {
        if (!inFlight.isEmpty()) {
            (random.nextBoolean() ? inFlight.removeFirst() : inFlight.removeLast()).run();
        }
    }

    private int mostInAWindow() {
        int most = 0;
        int from = 0;
        for (int to = 0; to < told.size(); to++) {
            while (!told.get(from).isAfter(told.get(to).minus(WINDOW))) {
                from++;
            }
            most = Math.max(most, to - from + 1);
        }
        return most;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void noOrderOfGuessesAtAnAddressGainsMoreThanTheWindowAllows(long seed) {
        play(new Random(seed), "203.0.113.9");

        assertTrue(judged > 20, "the model guesses");
        // a caller who is right forgives once in a window
        assertTrue(mostInAWindow() <= 2 * MOST, () -> "seed " + seed + ": " + mostInAWindow());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void noOrderOfGuessesOnLoopbackGainsMoreThanItsQueue(long seed) {
        play(new Random(seed), "127.0.0.1");

        assertTrue(judged > 100, "the model guesses");
        // twice 250 ms to 4 s, then one in five seconds, of which the queue holds some for the next window
        assertTrue(mostInAWindow() <= 24, () -> "seed " + seed + ": " + mostInAWindow());
        assertTrue(longestPause.compareTo(Duration.ofSeconds(15)) <= 0, longestPause::toString);
    }

    private void play(Random random, String client) {
        limiter.admitted(client, RIGHT);
        boolean local = client.equals("127.0.0.1");
        for (int step = 0; step < STEPS; step++) {
            switch (random.nextInt(6)) {
                case 0, 1, 2 -> guess(client, "guess-" + step);
                case 3 -> finishOne(random);
                case 4 -> now = now.plusMillis(random.nextInt(200));
                default -> {
                    if (limiter.lockout(client, RIGHT).isEmpty()) {
                        limiter.admitted(client, RIGHT);
                        limiter.succeeded(client);
                    } else {
                        assertTrue(!local, "a known caller is never held up on loopback");
                    }
                }
            }
        }
        while (!inFlight.isEmpty()) {
            finishOne(random);
        }
    }
}
