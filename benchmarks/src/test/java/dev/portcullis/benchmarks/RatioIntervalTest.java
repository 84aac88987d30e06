package dev.portcullis.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.benchmarks.RatioInterval.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RatioIntervalTest {
    private static final double ALLOWED = 0.05;

    @Test
    void equalRoundsLeaveNoDoubt() {
        RatioInterval interval = RatioInterval.of(List.of(1.2, 1.2, 1.2, 1.2, 1.2, 1.2));
        assertEquals(1.2, interval.low(), 1e-9);
        assertEquals(1.2, interval.estimate(), 1e-9);
        assertEquals(1.2, interval.high(), 1e-9);
    }

    @Test
    void tenRoundsLeaveOutEightAveragesOnEachSide() {
        // the table of Wilcoxon's test has 8 for ten pairs and five per cent; exponents 0 to 9 have averages of every
        // half
        List<Double> ratios =
                Stream.iterate(0.0, one -> one + 1).limit(10).map(Math::exp).toList();
        RatioInterval interval = RatioInterval.of(ratios);
        // 0, 0.5, 1, 1, 1.5, 1.5, 2, 2, 2: the ninth
        assertEquals(2, Math.log(interval.low()), 1e-9);
        assertEquals(4.5, Math.log(interval.estimate()), 1e-9);
        assertEquals(7, Math.log(interval.high()), 1e-9);
    }

    @Test
    void fiveRoundsBoundNothing() {
        RatioInterval interval = RatioInterval.of(List.of(1.0, 1.0, 1.0, 1.0, 1.0));
        assertEquals(0, interval.low());
        assertEquals(Double.POSITIVE_INFINITY, interval.high());
        assertEquals(Verdict.NOT_RESOLVED, interval.verdict(ALLOWED));
    }

    @Test
    void nineteenOfTwentyIntervalsHaveTheTruth() {
        Random random = new Random(20260101);
        int hits = 0;
        for (int trial = 0; trial < 4_000; trial++) {
            List<Double> ratios = new ArrayList<>();
            for (int round = 0; round < 12; round++) {
                ratios.add(1.1 * Math.exp(0.08 * random.nextGaussian()));
            }
            RatioInterval interval = RatioInterval.of(ratios);
            hits += interval.low() <= 1.1 && 1.1 <= interval.high() ? 1 : 0;
        }
        double share = hits / 4_000.0;
        assertTrue(share > 0.94 && share < 0.965, () -> "share with the truth: " + share);
    }

    @Test
    void oneDisturbedRoundDoesNotDecide() {
        List<Double> ratios = new ArrayList<>(
                List.of(1.01, 0.99, 1.0, 1.02, 0.98, 1.0, 1.01, 0.99, 1.0, 1.01, 0.99, 1.0, 1.02, 0.98, 1.0));
        ratios.set(3, 9.0);
        assertEquals(Verdict.NO_DEARER, RatioInterval.of(ratios).verdict(ALLOWED));
    }

    @Test
    void turnedRatiosHaveTheTurnedInterval() {
        List<Double> ratios = List.of(1.1, 1.3, 0.9, 1.05, 1.2, 1.0, 1.15, 1.4);
        RatioInterval interval = RatioInterval.of(ratios);
        RatioInterval turned =
                RatioInterval.of(ratios.stream().map(ratio -> 1 / ratio).toList());
        assertEquals(interval.low(), 1 / turned.high(), 1e-9);
        assertEquals(interval.high(), 1 / turned.low(), 1e-9);
    }

    @Test
    void verdictsFollowTheInterval() {
        assertEquals(Verdict.NO_DEARER, new RatioInterval(0.7, 0.9, 1.04).verdict(ALLOWED));
        assertEquals(Verdict.NO_DEARER, new RatioInterval(1.01, 1.02, 1.04).verdict(ALLOWED));
        assertEquals(Verdict.NO_DEARER, new RatioInterval(0.99, 1.03, 1.06).verdict(ALLOWED));
        assertEquals(Verdict.DEARER, new RatioInterval(1.02, 1.05, 1.08).verdict(ALLOWED));
        assertEquals(Verdict.DEARER, new RatioInterval(1.1, 1.3, 1.5).verdict(ALLOWED));
        assertEquals(Verdict.NOT_RESOLVED, new RatioInterval(0.9, 1.0, 1.1).verdict(ALLOWED));
        assertEquals(Verdict.NOT_RESOLVED, new RatioInterval(1.01, 1.1, 1.3).verdict(ALLOWED));
    }

    @Test
    void roundWithoutProcessorTimeIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> RatioInterval.of(List.of(1.0, 0.0)));
        assertThrows(IllegalArgumentException.class, () -> RatioInterval.of(List.of(1.0, Double.POSITIVE_INFINITY)));
        assertThrows(IllegalArgumentException.class, () -> RatioInterval.of(List.of()));
    }
}
