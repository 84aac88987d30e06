package dev.portcullis.gateway.runtime;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;

/** Waits for a port that somebody else still has, as a gateway that is being replaced does for a moment. */
final class FreePort {
    private static final System.Logger LOG = System.getLogger(FreePort.class.getName());
    private static final String VARIABLE = "PORTCULLIS_PORT_WAIT_MS";
    private static final long PAUSE = 500;
    private static final long MOST = 600_000;
    private static final long USUAL = 10_000;

    private FreePort() {}

    /** How long to wait, as the environment says. */
    static Duration patience(Map<String, String> environment) {
        String text = environment.getOrDefault(VARIABLE, "").strip();
        boolean number = text.matches("[0-9]{1,9}");
        return Duration.ofMillis(number ? Math.min(Long.parseLong(text), MOST) : USUAL);
    }

    /** Comes back when the port is free, when waiting is of no use, or when it has taken too long: who listens then is told why. */
    static void await(InetAddress address, int port, Duration patience) {
        long until = System.nanoTime() + patience.toNanos();
        boolean said = false;
        while (port != 0 && taken(address, port) && System.nanoTime() < until) {
            if (!said) {
                said = true;
                LOG.log(
                        System.Logger.Level.WARNING,
                        "Port " + port + " of " + address.getHostAddress() + " is in use: waiting up to "
                                + patience.toMillis() + " ms (" + VARIABLE + ") for it to become free.");
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static boolean taken(InetAddress address, int port) {
        try (ServerSocket trial = new ServerSocket()) {
            trial.setReuseAddress(true);
            trial.bind(new InetSocketAddress(address, port));
            return false;
        } catch (BindException refused) {
            return String.valueOf(refused.getMessage()).contains("in use");
        } catch (IOException other) {
            return false;
        }
    }
}
