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
    private static final int AFTER = 48;
    private static final long NORMAL = 2;

    private record Window(double from, double p50, double p99) {}

    private RescueMeasure() {}

    static String run(ServerProcess server, Map<String, Object> data) throws IOException {
        Request spin = Fleet.call(server, Fleet.BEARER, "{\"tool\":\"spin\"}", 200);
        List<SocketChannel> spinning = new ArrayList<>();
        try (LoadDriver driver = new LoadDriver(server.port(), Fleet.governedCall(server), CONNECTIONS)) {
            Samples calm = Samples.together(windows(driver, CALM).stream().toList());
            long began = System.nanoTime();
            for (int i = 0; i < SPINNING; i++) {
                SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", server.port()));
                channel.write(ByteBuffer.wrap(spin.bytes()));
                spinning.add(channel);
            }
            List<Window> windows = new ArrayList<>();
            for (int i = 0; i < AFTER; i++) {
                double from = (System.nanoTime() - began) / 1e6;
                Samples window = driver.openLoop(PER_SECOND, WINDOW);
                windows.add(new Window(from, window.micros(50), window.micros(99)));
            }
            return report(calm, windows, data);
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

    private static String report(Samples calm, List<Window> windows, Map<String, Object> data) {
        double normal = NORMAL * calm.micros(99) + 1_000;
        double settled = 0;
        double worst = 0;
        for (Window window : windows) {
            worst = Math.max(worst, window.p99());
            if (window.p99() > normal) {
                settled = window.from() + WINDOW / 1e6;
            }
        }
        data.put("calm p99 us", calm.micros(99));
        data.put("windows", windows);
        StringBuilder text = new StringBuilder("| ms after the spinning began | p50 us | p99 us |\n|---|---|---|\n");
        windows.forEach(window -> text.append(
                String.format(Locale.ROOT, "| %.0f | %.0f | %.0f |%n", window.from(), window.p50(), window.p99())));
        return text.append(String.format(
                        Locale.ROOT,
                        "%n%d calls of one tool spin, %.0f calls/s go to another. p99 %.0f us before, %.0f us in the worst"
                                + " quarter of a second; at most twice that of before, and 1 ms, after %.0f ms.%n",
                        SPINNING,
                        PER_SECOND,
                        calm.micros(99),
                        worst,
                        settled))
                .toString();
    }
}
