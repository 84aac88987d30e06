package dev.portcullis.benchmarks;

import dev.portcullis.gateway.runtime.invoke.RoadBenchmark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What audit and metrics add to a call, in processor time of the whole process: the thread that writes the record counts as the one
 * that calls. All ways of recording take turns in one process, a fraction of a second each, so that noise falls on all alike.
 */
final class PriceMeasure {
    private static final String NOTHING = "nothing";
    private static final String AUDIT = "audit";
    private static final String METRICS = "metrics";
    private static final String BOTH = "both";
    private static final List<String> WAYS = List.of(NOTHING, AUDIT, METRICS, BOTH);
    private static final String CPU = "CPU us/call";
    private static final int CALLS = 10_000;
    private static final int WARM_UP = 100;

    /** Milliseconds until the record of the last call is written. */
    private static final long WRITTEN = 20;

    Map<String, Measurement> run(int rounds) throws Exception {
        Map<String, RoadBenchmark> roads = new LinkedHashMap<>();
        Map<String, Measurement> measured = new LinkedHashMap<>();
        try {
            for (String way : WAYS) {
                RoadBenchmark road = new RoadBenchmark();
                road.recorded = way;
                road.build();
                roads.put(way, road);
                measured.put(way, new Measurement(way, 1, "closed"));
            }
            for (int round = -WARM_UP; round < rounds; round++) {
                // each way comes after each other one in turn
                for (int i = 0; i < WAYS.size(); i++) {
                    String way = WAYS.get(Math.floorMod(round + i, WAYS.size()));
                    double micros = micros(roads.get(way));
                    if (round >= 0) {
                        measured.get(way).add(CPU, micros);
                    }
                }
            }
        } finally {
            for (RoadBenchmark road : roads.values()) {
                road.close();
            }
        }
        return measured;
    }

    /** Tells in Markdown what each adds, with nothing else and beside the other one, and audit to a whole gateway. */
    static String table(Map<String, Measurement> measured) {
        StringBuilder text = new StringBuilder("| | us of processor time a call |\n|---|---|\n");
        WAYS.forEach(way -> text.append(String.format(
                Locale.ROOT,
                "| the road, recording %s | %.2f |%n",
                way,
                measured.get(way).median(CPU))));
        return text.append(line("audit adds", measured, AUDIT, NOTHING))
                .append(line("audit adds, beside metrics", measured, BOTH, METRICS))
                .append(line("metrics add", measured, METRICS, NOTHING))
                .append(line("metrics add, beside audit", measured, BOTH, AUDIT))
                .append(String.format(
                        Locale.ROOT,
                        "| a call to a gateway, 64 connections, audit off | %.2f |%n",
                        measured.get(Fleet.WITHOUT_AUDIT).median(CPU)))
                .append(line("audit adds there", measured, Fleet.GOVERNED, Fleet.WITHOUT_AUDIT))
                .toString();
    }

    private static String line(String what, Map<String, Measurement> measured, String with, String without) {
        List<Double> more = measured.get(with).differences(CPU, measured.get(without));
        return String.format(
                Locale.ROOT, "| %s | %.2f ± %.2f |%n", what, Measurement.mean(more), Measurement.halfInterval(more));
    }

    private static double micros(RoadBenchmark road) throws Exception {
        long began = cpuNanos();
        for (int i = 0; i < CALLS; i++) {
            road.road();
        }
        Thread.sleep(WRITTEN);
        return (cpuNanos() - began) / 1e3 / CALLS;
    }

    /** Of all threads, the collector's and the compiler's included. No thread ends here; what the JVM tells is in hundredths. */
    private static long cpuNanos() throws IOException {
        long sum = 0;
        try (var threads = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            for (Path thread : threads) {
                String stat = Files.readString(thread.resolve("schedstat"));
                sum += Long.parseLong(stat.substring(0, stat.indexOf(' ')));
            }
        }
        return sum;
    }
}
