package dev.portcullis.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;

/** What was measured of one scenario with one number of connections: a value a round, and their medians. */
record Measurement(String scenario, int connections, String loop, Map<String, List<Double>> rounds) {
    /** Student's t, two-sided 95 %, for 1 degree of freedom and on; what follows is taken for the last. */
    private static final double[] T95 = {
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120
    };

    Measurement(String scenario, int connections, String loop) {
        this(scenario, connections, loop, new LinkedHashMap<>());
    }

    void add(String quantity, double value) {
        rounds.computeIfAbsent(quantity, any -> new ArrayList<>()).add(value);
    }

    double median(String quantity) {
        return median(rounds.getOrDefault(quantity, List.of(Double.NaN)));
    }

    static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** The nearest of the values: none is made up between two. */
    static double quantile(List<Double> values, double part) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.isEmpty() ? Double.NaN : sorted.get((int) Math.round(part * (sorted.size() - 1)));
    }

    /** The median of what each round says: neighbours in time share the noise. */
    double ratio(String quantity, Measurement floor) {
        List<Double> ratios = ratios(quantity, floor);
        return ratios.isEmpty() ? Double.NaN : median(ratios);
    }

    /** Half of the interval that has the mean of the rounds' ratios with 95 %. */
    double uncertainty(String quantity, Measurement floor) {
        return halfInterval(ratios(quantity, floor));
    }

    /** What each round has more than the floor's. */
    List<Double> differences(String quantity, Measurement floor) {
        return pairs(quantity, floor, (mine, theirs) -> mine - theirs);
    }

    static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }

    /** Half of the interval that has the mean of such values with 95 %, by Student's t. */
    static double halfInterval(List<Double> values) {
        if (values.size() < 2) {
            return Double.NaN;
        }
        double mean = mean(values);
        double squares =
                values.stream().mapToDouble(one -> (one - mean) * (one - mean)).sum();
        double t = T95[Math.min(values.size() - 1, T95.length) - 1];
        return t * Math.sqrt(squares / (values.size() - 1) / values.size());
    }

    /** What each round has to the floor's. */
    List<Double> ratios(String quantity, Measurement floor) {
        return pairs(quantity, floor, (mine, theirs) -> mine / theirs);
    }

    private List<Double> pairs(String quantity, Measurement floor, DoubleBinaryOperator operator) {
        List<Double> mine = rounds.getOrDefault(quantity, List.of());
        List<Double> theirs = floor.rounds.getOrDefault(quantity, List.of());
        List<Double> results = new ArrayList<>();
        for (int i = 0; i < Math.min(mine.size(), theirs.size()); i++) {
            results.add(operator.applyAsDouble(mine.get(i), theirs.get(i)));
        }
        return results;
    }
}
