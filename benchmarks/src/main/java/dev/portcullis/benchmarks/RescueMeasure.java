package dev.portcullis.benchmarks;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How long callers of one tool notice that eight calls of another one spin for ever. */
final class RescueMeasure {
    private static final int SPINNING = 8;
    private static final int CONNECTIONS = 16;
    private static final double PER_SECOND = 500;
    private static final long WINDOW = 250_000_000L;
    private static final int CALM = 20;
    private static final int AFTER = 40;

    /** From when on everything should be as before. */
    private static final long RESCUED = 2_000_000_000L;

    /** Of one gateway: callers of the other tool before the spinning, when they were answered again, and from then on. */
    private record Rescue(String gateway, Samples before, double answeredMillis, Samples after) {
        String row() {
            return String.format(
                    Locale.ROOT,
                    "| %s | %.0f | %.0f | %.0f | %.0f | %.0f | %.2f |%n",
                    gateway,
                    before.micros(50),
                    before.micros(99),
                    answeredMillis,
                    after.micros(50),
                    after.micros(99),
                    after.micros(99) / before.micros(99));
        }

        Map<String, Object> data() {
            return Map.of(
                    "gateway", gateway,
                    "p50 us before", before.micros(50),
                    "p99 us before", before.micros(99),
                    "answered after ms", answeredMillis,
                    "p50 us rescued", after.micros(50),
                    "p99 us rescued", after.micros(99));
        }
    }

    private final List<Rescue> rescues = new ArrayList<>();

    void run(String gateway, ServerProcess server) throws IOException {
        Request spin = Fleet.call(server, Fleet.BEARER, "{\"tool\":\"spin\"}", 200);
        List<SocketChannel> spinning = new ArrayList<>();
        try (LoadDriver driver = new LoadDriver(server.port(), Fleet.governedCall(server), CONNECTIONS)) {
            Samples before = Samples.together(windows(driver, CALM));
            long began = System.nanoTime();
            for (int i = 0; i < SPINNING; i++) {
                SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", server.port()));
                channel.write(ByteBuffer.wrap(spin.bytes()));
                spinning.add(channel);
            }
            driver.openLoop(PER_SECOND, WINDOW);
            long answered = System.nanoTime();
            while (System.nanoTime() - began < RESCUED) {
                driver.openLoop(PER_SECOND, WINDOW / 10);
            }
            Samples after = Samples.together(windows(driver, AFTER));
            rescues.add(new Rescue(gateway, before, (answered - began) / 1e6, after));
        } finally {
            for (SocketChannel channel : spinning) {
                channel.close();
            }
        }
    }

    private static List<Samples> windows(LoadDriver driver, int count) throws IOException {
        List<Samples> windows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            windows.add(driver.openLoop(PER_SECOND, WINDOW));
        }
        return windows;
    }

    String report(Map<String, Object> data) {
        data.put("rescues", rescues.stream().map(Rescue::data).toList());
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%d calls of one tool spin for ever, %.0f calls/s go to another, in us: before, and from %.0f s after they began on.%n%n"
                        + "| | p50 before | p99 before | answered again after ms | p50 | p99 | p99 : before |%n"
                        + "|---|---|---|---|---|---|---|%n",
                SPINNING,
                PER_SECOND,
                RESCUED / 1e9));
        rescues.forEach(rescue -> text.append(rescue.row()));
        return text.toString();
    }
}
