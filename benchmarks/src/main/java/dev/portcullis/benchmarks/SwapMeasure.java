package dev.portcullis.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One plugin is replaced again and again by dropping its file, under a load at fixed times: half of the calls go to it, half to
 * another plugin. Rounds with and without swaps take turns. A call without its answer ends the measurement.
 */
final class SwapMeasure {
    private static final int CONNECTIONS = 16;
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);

    /** Swaps before anything is counted: what compiles code and fills caches once is no price of a swap. */
    private static final int WARM_UP = 10;

    private final Fleet fleet;
    private final SwappedPlugin plugin;
    private final double perSecond;
    private final double every;
    private int version;
    private long slowest;
    private long total;

    /** What two loads of the same time counted. */
    private record Round(Samples swapped, Samples other, long nanos) {}

    /** @param every seconds from one swap to the next; 0 for as soon as the last one is live */
    SwapMeasure(Fleet fleet, SwappedPlugin plugin, double perSecond, double every) {
        this.fleet = fleet;
        this.plugin = plugin;
        this.perSecond = perSecond;
        this.every = every;
    }

    /** Measures, and tells in Markdown. */
    String run(int swaps, int rounds, double seconds) throws Exception {
        plugin.drop(version);
        ServerProcess server = fleet.swapping(plugin.folder());
        server.awaitFirst(Fleet.call(server, Fleet.BEARER, "{\"tool\":\"" + SwappedPlugin.TOOL + "\"}", 200));
        underLoad(server, new Current(), () -> pause(5));
        Current warming = new Current();
        underLoad(server, warming, () -> swap(WARM_UP, 0, warming));
        slowest = 0;
        total = 0;
        List<Round> still = new ArrayList<>();
        List<Round> swapping = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            still.add(underLoad(server, new Current(), () -> pause(seconds)));
            int share = swaps * (round + 1) / rounds - swaps * round / rounds;
            Current current = new Current();
            swapping.add(underLoad(server, current, () -> swap(share, every, current)));
        }
        return report(swaps, still, swapping);
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

    private static boolean pause(double seconds) throws InterruptedException {
        Thread.sleep((long) (seconds * 1_000));
        return true;
    }

    private boolean swap(int swaps, double seconds, Current current) throws Exception {
        for (int i = 0; i < swaps; i++) {
            version++;
            long begin = System.nanoTime();
            plugin.drop(version);
            if (!current.await(SwappedPlugin.answer(version), PATIENCE)) {
                throw new IOException("version " + version + " was not live after 10 s");
            }
            long took = System.nanoTime() - begin;
            slowest = Math.max(slowest, took);
            total += took;
            pause(Math.max(0, seconds - took / 1e9));
        }
        return true;
    }

    private Round underLoad(ServerProcess server, Current current, Callable<Boolean> meanwhile) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        Request one = Fleet.call(server, Fleet.BEARER, "{\"tool\":\"" + SwappedPlugin.TOOL + "\"}", 200);
        long begin = System.nanoTime();
        try (ExecutorService threads = Executors.newFixedThreadPool(2);
                LoadDriver toSwapped = new LoadDriver(server.port(), one, CONNECTIONS);
                LoadDriver toOther = new LoadDriver(server.port(), Fleet.governedCall(server), CONNECTIONS)) {
            Future<Samples> swapped =
                    threads.submit(() -> toSwapped.checking(current).openLoop(perSecond / 2, due -> !over.get()));
            Future<Samples> other = threads.submit(() -> toOther.openLoop(perSecond / 2, due -> !over.get()));
            try {
                meanwhile.call();
            } finally {
                over.set(true);
            }
            return new Round(swapped.get(), other.get(), System.nanoTime() - begin);
        }
    }

    private String report(int swaps, List<Round> still, List<Round> swapping) {
        StringBuilder text = new StringBuilder();
        long calls = 0;
        text.append(
                "| round | swaps | calls/s | p50 us, other plugin | p99 us, other plugin | p99 us, swapped plugin |\n|---|---|---|---|---|---|\n");
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < still.size(); i++) {
            line(text, i, "none", still.get(i));
            line(text, i, "yes", swapping.get(i));
            ratios.add(swapping.get(i).other().micros(99) / still.get(i).other().micros(99));
            calls += swapping.get(i).swapped().count() + swapping.get(i).other().count();
        }
        double before =
                Samples.together(still.stream().map(Round::other).toList()).micros(99);
        double during =
                Samples.together(swapping.stream().map(Round::other).toList()).micros(99);
        text.append(String.format(
                Locale.ROOT,
                "%n%d swaps under %d calls: 0 failed, every answer of exactly one generation. Live after %.0f ms in the mean, %.0f ms"
                        + " at most.%nOther plugin, p99 of all rounds together: %.0f us without swaps, %.0f us with (%+.1f %%);"
                        + " median of the rounds' ratios %.3f.%n",
                swaps,
                calls,
                total / 1e6 / swaps,
                slowest / 1e6,
                before,
                during,
                (during / before - 1) * 100,
                Measurement.median(ratios)));
        return text.toString();
    }

    private static void line(StringBuilder text, int round, String swaps, Round one) {
        text.append(String.format(
                Locale.ROOT,
                "| %d | %s | %.0f | %.0f | %.0f | %.0f |%n",
                round + 1,
                swaps,
                (one.swapped().count() + one.other().count()) / (one.nanos() / 1e9),
                one.other().micros(50),
                one.other().micros(99),
                one.swapped().micros(99)));
    }
}
