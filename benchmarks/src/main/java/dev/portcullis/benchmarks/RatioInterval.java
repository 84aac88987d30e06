package dev.portcullis.benchmarks;

import java.util.Arrays;
import java.util.List;

/**
 * A ratio and its 95 % interval, from the ratios of paired rounds: the Hodges-Lehmann estimate of their logarithms, with the interval
 * of the Wilcoxon signed-rank test. A few disturbed rounds hardly move it, and it supposes no distribution but that a round is
 * disturbed upwards as often as downwards.
 */
record RatioInterval(double low, double estimate, double high) {
    private static final double TAIL = 0.025;

    /** What one build costs beside another. */
    enum Verdict {
        NO_DEARER("resolved: no dearer"),
        DEARER("resolved: dearer"),
        NOT_RESOLVED("not resolved");

        private final String text;

        Verdict(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    static RatioInterval of(List<Double> ratios) {
        double[] logarithms = ratios.stream().mapToDouble(Math::log).toArray();
        if (logarithms.length == 0 || Arrays.stream(logarithms).anyMatch(one -> !Double.isFinite(one))) {
            throw new IllegalArgumentException("Ratios must be positive and finite: " + ratios);
        }
        double[] averages = averagesOfPairs(logarithms);
        int outside = ranksOutside(logarithms.length);
        int last = averages.length - 1;
        double estimate = (averages[last / 2] + averages[averages.length / 2]) / 2;
        return outside == 0
                ? new RatioInterval(0, Math.exp(estimate), Double.POSITIVE_INFINITY)
                : new RatioInterval(
                        Math.exp(averages[outside - 1]), Math.exp(estimate), Math.exp(averages[last - (outside - 1)]));
    }

    /**
     * @param allowed by how much more than 1 still counts as no dearer, and how far an interval may reach to each side of its middle
     *     when it has both dearer and cheaper in it
     */
    Verdict verdict(double allowed) {
        if (high <= 1 + allowed) {
            return Verdict.NO_DEARER;
        }
        if (low > 1 + allowed) {
            return Verdict.DEARER;
        }
        if ((high - low) / 2 > allowed) {
            return Verdict.NOT_RESOLVED;
        }
        return low <= 1 ? Verdict.NO_DEARER : Verdict.DEARER;
    }

    private static double[] averagesOfPairs(double[] values) {
        double[] averages = new double[values.length * (values.length + 1) / 2];
        int at = 0;
        for (int i = 0; i < values.length; i++) {
            for (int j = i; j < values.length; j++) {
                averages[at++] = (values[i] + values[j]) / 2;
            }
        }
        Arrays.sort(averages);
        return averages;
    }

    /** Which of the sorted averages, counted from 1, still is in the interval; 0 if so few values do not bound it. */
    private static int ranksOutside(int count) {
        // chances[s]: that the ranks of the positive values have the sum s, if each sign is a coin's
        double[] chances = new double[count * (count + 1) / 2 + 1];
        chances[0] = 1;
        int reached = 0;
        for (int rank = 1; rank <= count; rank++) {
            reached += rank;
            for (int sum = reached; sum >= 0; sum--) {
                chances[sum] = (chances[sum] + (sum >= rank ? chances[sum - rank] : 0)) / 2;
            }
        }
        double tail = 0;
        int ranks = 0;
        while (tail + chances[ranks] <= TAIL) {
            tail += chances[ranks++];
        }
        return ranks;
    }
}
