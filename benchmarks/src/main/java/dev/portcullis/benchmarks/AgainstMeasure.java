package dev.portcullis.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** An older build and this one, asked the same in turns, with the echo beside them: what the newer costs more. */
final class AgainstMeasure {
    /** Fewer do not bound a ratio well enough. */
    static final int LEAST_ROUNDS = 10;

    private static final int WARM_UP_ROUNDS = 2;
    private static final double ALLOWED = 0.05;
    private static final String CPU = "CPU us/call";
    private static final String BYTES = "allocated B/call";

    /** The same request to both builds. */
    record Pair(Scenario older, Scenario newer) {}

    /** Measures one round of one scenario. */
    interface Round {
        void measure(Scenario scenario, int connections, Measurement into) throws Exception;
    }

    private final List<Pair> pairs;
    private final Scenario echo;
    private final Round round;
    private final Map<Integer, Map<Scenario, Measurement>> measured = new LinkedHashMap<>();

    AgainstMeasure(List<Pair> pairs, Scenario echo, Round round) {
        this.pairs = pairs;
        this.echo = echo;
        this.round = round;
    }

    void run(int rounds, List<Integer> connections) throws Exception {
        for (int count : connections) {
            Map<Scenario, Measurement> kept = measurements(count);
            for (int i = 0; i < WARM_UP_ROUNDS; i++) {
                turn(i, count, measurements(count));
            }
            for (int i = 0; i < rounds; i++) {
                turn(i, count, kept);
            }
            measured.put(count, kept);
        }
    }

    private Map<Scenario, Measurement> measurements(int count) {
        Map<Scenario, Measurement> fresh = new LinkedHashMap<>();
        order().forEach(one -> fresh.put(one, new Measurement(one.name(), count, "closed")));
        return fresh;
    }

    /** Older, newer, echo; then each other request of older and newer. */
    private List<Scenario> order() {
        List<Scenario> order = new ArrayList<>();
        for (Pair pair : pairs) {
            order.add(pair.older());
            order.add(pair.newer());
            if (order.size() == 2) {
                order.add(echo);
            }
        }
        return order;
    }

    private void turn(int number, int count, Map<Scenario, Measurement> into) throws Exception {
        List<Scenario> order = order();
        if (number % 2 == 1) {
            Collections.reverse(order);
        }
        for (Scenario scenario : order) {
            round.measure(scenario, count, into.get(scenario));
        }
    }

    String table() {
        StringBuilder text = new StringBuilder("""
                | scenario | connections | CPU us old | new | CPU new : old | B old | B new | B new : old | p50 us old | new | p99 us old | new |
                |---|---|---|---|---|---|---|---|---|---|---|---|
                """);
        StringBuilder verdicts = new StringBuilder();
        measured.forEach((count, all) -> pairs.forEach(pair -> {
            Measurement older = all.get(pair.older());
            Measurement newer = all.get(pair.newer());
            RatioInterval cpu = RatioInterval.of(newer.ratios(CPU, older));
            text.append(row(older, newer, cpu));
            verdicts.append(String.format(
                    Locale.ROOT,
                    "- %s, %d connections: %s (CPU new : old %s); allocates %.3f of the older%n",
                    older.scenario(),
                    count,
                    cpu.verdict(ALLOWED),
                    told(cpu),
                    newer.ratio(BYTES, older)));
        }));
        measured.forEach((count, all) -> {
            Pair first = pairs.getFirst();
            Measurement floor = all.get(echo);
            verdicts.append(String.format(
                    Locale.ROOT,
                    "- %s, %d connections, CPU : echo: old %s, new %s%n",
                    first.older().name(),
                    count,
                    told(RatioInterval.of(all.get(first.older()).ratios(CPU, floor))),
                    told(RatioInterval.of(all.get(first.newer()).ratios(CPU, floor)))));
        });
        return text.append('\n').append(verdicts).toString();
    }

    private static String row(Measurement older, Measurement newer, RatioInterval cpu) {
        return String.format(
                Locale.ROOT,
                "| %s | %d | %.1f | %.1f | %s | %.0f | %.0f | %.3f | %.0f | %.0f | %.0f | %.0f |%n",
                older.scenario(),
                older.connections(),
                older.median(CPU),
                newer.median(CPU),
                told(cpu),
                older.median(BYTES),
                newer.median(BYTES),
                newer.ratio(BYTES, older),
                older.median("p50 us"),
                newer.median("p50 us"),
                older.median("p99 us"),
                newer.median("p99 us"));
    }

    private static String told(RatioInterval interval) {
        return String.format(Locale.ROOT, "%.3f [%.3f, %.3f]", interval.estimate(), interval.low(), interval.high());
    }

    Map<String, Object> data() {
        List<Measurement> older = new ArrayList<>();
        List<Measurement> newer = new ArrayList<>();
        List<Measurement> floor = new ArrayList<>();
        measured.values().forEach(all -> {
            pairs.forEach(pair -> {
                older.add(all.get(pair.older()));
                newer.add(all.get(pair.newer()));
            });
            floor.add(all.get(echo));
        });
        return Map.of("old", older, "new", newer, "echo", floor);
    }
}
