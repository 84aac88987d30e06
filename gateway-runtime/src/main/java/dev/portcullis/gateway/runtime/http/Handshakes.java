package dev.portcullis.gateway.runtime.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Handshakes of TLS that have begun and not ended, by client. One that begins many and ends none must not have them all. */
final class Handshakes {
    private static final System.Logger LOG = System.getLogger(Handshakes.class.getName());
    private static final Duration SILENCE = Duration.ofMinutes(1);

    private final Map<String, Integer> begun = new ConcurrentHashMap<>();
    private final AtomicLong saidAt = new AtomicLong(System.nanoTime() - SILENCE.toNanos());
    private final int most;

    /** @param most of one client at the same time */
    Handshakes(int most) {
        this.most = most;
    }

    /** True if this client may begin one more; it has to {@link #end} then. */
    boolean begin(String client) {
        boolean[] may = {false};
        begun.compute(client, (name, count) -> {
            int known = count == null ? 0 : count;
            may[0] = known < most;
            return may[0] ? known + 1 : known;
        });
        if (!may[0]) {
            say(client);
        }
        return may[0];
    }

    void end(String client) {
        begun.computeIfPresent(client, (name, count) -> count > 1 ? count - 1 : null);
    }

    int begun(String client) {
        return begun.getOrDefault(client, 0);
    }

    /** Once a minute: who does this does it thousands of times. */
    private void say(String client) {
        long now = System.nanoTime();
        long before = saidAt.get();
        if (now - before >= SILENCE.toNanos() && saidAt.compareAndSet(before, now)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Connections of " + client + " are refused: it has begun " + most
                            + " TLS handshakes and ended none of them. Others are served; if it is a proxy of yours, see why it"
                            + " stalls.");
        }
    }
}
