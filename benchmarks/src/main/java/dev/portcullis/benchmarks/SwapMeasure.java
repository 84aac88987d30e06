package dev.portcullis.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One plugin is replaced again and again by dropping its file, under one load at fixed times that does not end meanwhile: half of
 * the calls go to it, half to another plugin. Windows of time with one swap and windows without take turns, so that what else
 * happens on the machine falls on both alike. A call without its answer ends the measurement.
 */
final class SwapMeasure {
    private static final int CONNECTIONS = 16;
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);

    /** Swaps before anything is counted: what compiles code and fills caches once is no price of a swap. */
    private static final int WARM_UP = 20;

    /** Milliseconds of the load alone, for the same reason. */
    private static final long WARM = 5_000;

    /** Milliseconds until a call that was counted last is where it belongs. */
    private static final long SETTLING = 5;

    private final Fleet fleet;
    private final SwappedPlugin plugin;
    private final double perSecond;
    private final double every;
    private final List<Double> live = new ArrayList<>();
    private int version;

    /** @param every seconds that a window lasts, and at least as long as a swap; the next window has no swap */
    SwapMeasure(Fleet fleet, SwappedPlugin plugin, double perSecond, double every) {
        this.fleet = fleet;
        this.plugin = plugin;
        this.perSecond = perSecond;
        this.every = every;
    }

    /** Where the latencies of one load go at the moment. */
    private static final class Window implements LoadDriver.Latencies {
        private volatile Samples open = new Samples();

        @Override
        public void took(long nanos) {
            open.add(nanos, 0);
        }

        /** Begins the next, and gives what the last one had. */
        Samples next() {
            Samples ended = open;
            open = new Samples();
            return ended;
        }
    }

    /** The windows of one kind. */
    private record Windows(List<Samples> swapped, List<Samples> other) {
        Windows() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        List<Double> p99() {
            return micros(other, 99);
        }

        static List<Double> micros(List<Samples> samples, double percentile) {
            return samples.stream().map(one -> one.micros(percentile)).toList();
        }
    }

    /** Measures, and tells in Markdown. */
    String run(int swaps) throws Exception {
        plugin.drop(version);
        ServerProcess server = fleet.swapping(plugin.folder());
        Request one = Fleet.call(server, Fleet.BEARER, "{\"tool\":\"" + SwappedPlugin.TOOL + "\"}", 200);
        server.awaitFirst(one);
        Window toSwapped = new Window();
        Window toOther = new Window();
        Current current = new Current();
        Windows still = new Windows();
        Windows swapping = new Windows();
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService threads = Executors.newFixedThreadPool(2);
                LoadDriver first = new LoadDriver(server.port(), one, CONNECTIONS);
                LoadDriver second = new LoadDriver(server.port(), Fleet.governedCall(server), CONNECTIONS)) {
            first.checking(current).telling(toSwapped);
            second.telling(toOther);
            Future<Samples> all = threads.submit(() -> first.openLoop(perSecond / 2, due -> !over.get()));
            Future<Samples> others = threads.submit(() -> second.openLoop(perSecond / 2, due -> !over.get()));
            try {
                Thread.sleep(WARM);
                for (int i = 0; i < WARM_UP; i++) {
                    swap(current);
                }
                live.clear();
                Thread.sleep(WARM);
                toSwapped.next();
                toOther.next();
                for (int i = 0; i < swaps; i++) {
                    long began = System.nanoTime();
                    swap(current);
                    long length = Math.max((long) (every * 1e9), System.nanoTime() - began);
                    until(began + length);
                    close(swapping, toSwapped, toOther);
                    until(began + 2 * length);
                    close(still, toSwapped, toOther);
                }
            } finally {
                over.set(true);
            }
            return report(all.get().count() + others.get().count(), still, swapping);
        }
    }

    private static void until(long nanos) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(nanos - System.nanoTime());
    }

    private static void close(Windows into, Window toSwapped, Window toOther) throws InterruptedException {
        Samples swapped = toSwapped.next();
        Samples other = toOther.next();
        Thread.sleep(SETTLING);
        into.swapped().add(swapped.close());
        into.other().add(other.close());
    }

    private void swap(Current current) throws Exception {
        version++;
        long begin = System.nanoTime();
        plugin.drop(version);
        if (!current.await(SwappedPlugin.answer(version), PATIENCE)) {
            throw new IOException("version " + version + " was not live after 10 s");
        }
        live.add((System.nanoTime() - begin) / 1e6);
    }

    /** Which answers came; the only thing that the swapping thread and the load share. */
    private static final class Current implements LoadDriver.Check {
        private String last = "";

        @Override
        public void answered(byte[] bytes, int length) throws IOException {
            String text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
            for (int version = 0; version < 2; version++) {
                if (text.contains("\"" + SwappedPlugin.answer(version) + "\"")) {
                    tell(SwappedPlugin.answer(version));
                    return;
                }
            }
            throw new IOException("an answer of no generation, or of two: " + text);
        }

        private synchronized void tell(String answer) {
            if (!answer.equals(last)) {
                last = answer;
                notifyAll();
            }
        }

        /** Asleep, not asking: the price of asking would be taken for that of the swap. */
        synchronized boolean await(String answer, long nanos) throws InterruptedException {
            long end = System.nanoTime() + nanos;
            for (long left = nanos; left > 0 && !answer.equals(last); left = end - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
            return answer.equals(last);
        }
    }

    private String report(long calls, Windows still, Windows swapping) {
        List<Double> ratios = new ArrayList<>();
        List<Double> noise = new ArrayList<>();
        List<Double> with = swapping.p99();
        List<Double> without = still.p99();
        for (int i = 0; i < without.size(); i++) {
            ratios.add(with.get(i) / without.get(i));
            if (i > 0) {
                noise.add(without.get(i) / without.get(i - 1));
            }
        }
        return String.format(
                        Locale.ROOT,
                        "%d swaps under %d calls: 0 failed, every answer of exactly one generation. Live after %.0f ms in the median, %.0f"
                                + " ms at most.%n%n",
                        live.size(),
                        calls,
                        Measurement.median(live),
                        Measurement.quantile(live, 1))
                + "| windows | p50 us, other plugin | p99 us, other plugin | quarters | p99 us, swapped plugin |\n|---|---|---|---|---|\n"
                + line("with a swap", swapping)
                + line("without", still)
                + String.format(
                        Locale.ROOT,
                        "%nOther plugin, median p99 of the windows: %+.1f %%. A window with a swap against the next without: median of the"
                                + " ratios %.3f (95 %%: %.3f to %.3f), quarters %.2f to %.2f; a window without against the one before: %.3f, %.2f to %.2f.%n"
                                + "All windows of a kind together: p99 %.0f us with swaps, %.0f without.%n",
                        (Measurement.median(with) / Measurement.median(without) - 1) * 100,
                        Measurement.median(ratios),
                        Measurement.quantile(ratios, 0.5 - around(ratios)),
                        Measurement.quantile(ratios, 0.5 + around(ratios)),
                        Measurement.quantile(ratios, 0.25),
                        Measurement.quantile(ratios, 0.75),
                        Measurement.median(noise),
                        Measurement.quantile(noise, 0.25),
                        Measurement.quantile(noise, 0.75),
                        Samples.together(swapping.other()).micros(99),
                        Samples.together(still.other()).micros(99));
    }

    /** How far from the middle the ranks are that have the median between them with 95 %. */
    private static double around(List<Double> values) {
        return Math.min(0.5, 0.98 / Math.sqrt(values.size()));
    }

    private static String line(String name, Windows windows) {
        return String.format(
                Locale.ROOT,
                "| %s | %.0f | %.0f | %.0f to %.0f | %.0f |%n",
                name,
                Measurement.median(Windows.micros(windows.other(), 50)),
                Measurement.median(windows.p99()),
                Measurement.quantile(windows.p99(), 0.25),
                Measurement.quantile(windows.p99(), 0.75),
                Measurement.median(Windows.micros(windows.swapped(), 99)));
    }
}
