package dev.portcullis.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was measured of one scenario with one number of connections: a value a round, and their medians. */
record Measurement(String scenario, int connections, String loop, Map<String, List<Double>> rounds) {
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

    /** The median of what each round says: neighbours in time share the noise. */
    double ratio(String quantity, Measurement floor) {
        List<Double> mine = rounds.getOrDefault(quantity, List.of());
        List<Double> theirs = floor.rounds.getOrDefault(quantity, List.of());
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < Math.min(mine.size(), theirs.size()); i++) {
            ratios.add(mine.get(i) / theirs.get(i));
        }
        return ratios.isEmpty() ? Double.NaN : median(ratios);
    }
}
