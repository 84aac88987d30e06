package dev.portcullis.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;

/** What an admitted caller notices of strangers who ask as fast as they are answered: quiet and flooded take turns. */
final class FloodMeasure {
    private static final int STRANGERS = 64;
    private static final int CALLERS = 4;
    private static final double PER_SECOND = 200;
    private static final String P50 = "p50 us";
    private static final String P99 = "p99 us";

    private final ServerProcess server;
    private final Path state;
    private final Measurement quiet = new Measurement("quiet", CALLERS, "open");
    private final Measurement flooded = new Measurement("flooded", CALLERS, "open");

    /** All that were answered; whether the gateway is up was asked by one. */
    private long calls = 1;

    private double refusalsPerSecond;
    private long grown;

    /** @param state directory of the gateway, whose growth is told */
    FloodMeasure(ServerProcess server, Path state) {
        this.server = server;
        this.state = state;
    }

    void run(int rounds, long nanos) throws Exception {
        try (LoadDriver caller = new LoadDriver(server.port(), Fleet.governedCall(server), CALLERS)) {
            calls += caller.openLoop(PER_SECOND, 2 * nanos).count();
            for (int round = 0; round < rounds; round++) {
                take(quiet, caller.openLoop(PER_SECOND, nanos));
                flood(caller, nanos);
            }
        }
    }

    private void take(Measurement into, Samples samples) {
        calls += samples.count();
        into.add(P50, samples.micros(50));
        into.add(P99, samples.micros(99));
    }

    private void flood(LoadDriver caller, long nanos) throws Exception {
        long before = bytes();
        try (LoadDriver strangers = new LoadDriver(server.port(), stranger(), STRANGERS)) {
            // begins before the caller does and ends after it
            FutureTask<Samples> refused = started(() -> strangers.closedLoop(nanos + nanos / 5));
            Thread.sleep(nanos / 10 / 1_000_000);
            take(flooded, caller.openLoop(PER_SECOND, nanos));
            refusalsPerSecond = refused.get().count() / (1.2 * nanos / 1e9);
        }
        grown += bytes() - before;
    }

    private Request stranger() {
        return Request.post(server.port(), "/tools/invoke", List.of(), "{\"tool\":\"text_statistics\"}", 401);
    }

    private static <T> FutureTask<T> started(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread.ofPlatform().name("strangers").daemon().start(task);
        return task;
    }

    private long bytes() throws IOException {
        try (Stream<Path> files = Files.walk(state)) {
            long sum = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                sum += Files.size(file);
            }
            return sum;
        }
    }

    /** Records of answered calls that are in no audit file; to be asked when the gateway has stopped. */
    long lost() throws IOException {
        long found = 0;
        List<Path> audit = new ArrayList<>();
        try (Stream<Path> files = Files.walk(state)) {
            files.filter(file -> file.getFileName().toString().startsWith("audit") && Files.isRegularFile(file))
                    .forEach(audit::add);
        }
        for (Path file : audit) {
            try (Stream<String> lines = Files.lines(file)) {
                found += lines.filter(line -> line.contains("\"outcome\":\"completed\""))
                        .count();
            }
        }
        return calls - found;
    }

    String report(long lost, Map<String, Object> data) {
        double ratio = flooded.median(P99) / quiet.median(P99);
        data.put("quiet", Map.of(P50, quiet.median(P50), P99, quiet.median(P99)));
        data.put("flooded", Map.of(P50, flooded.median(P50), P99, flooded.median(P99)));
        data.put("p99 flooded : quiet", ratio);
        data.put("refusals/s", refusalsPerSecond);
        data.put("records lost", lost);
        data.put("bytes written while flooded", grown);
        return String.format(
                Locale.ROOT,
                "%d strangers without a credential ask as fast as they are answered (%.0f refusals/s); an admitted caller makes %.0f calls/s.%n%n"
                        + "| | p50 us | p99 us |%n|---|---|---|%n| quiet | %.0f | %.0f |%n| flooded | %.0f | %.0f |%n%n"
                        + "p99 flooded : quiet %.2f. Of %d answered calls %d have no audit record. The state directory grew by %.1f MiB while flooded.%n",
                STRANGERS,
                refusalsPerSecond,
                PER_SECOND,
                quiet.median(P50),
                quiet.median(P99),
                flooded.median(P50),
                flooded.median(P99),
                ratio,
                calls,
                lost,
                grown / 1048576.0);
    }
}
