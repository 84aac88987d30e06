package dev.portcullis.gateway.runtime;

import dev.portcullis.gateway.runtime.operate.doctor.PortOwner;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Waits for a port that somebody else still has, as a gateway that is being replaced does for a moment. */
final class FreePort {
    private static final System.Logger LOG = System.getLogger(FreePort.class.getName());
    private static final String VARIABLE = "PORTCULLIS_PORT_WAIT_MS";
    private static final long PAUSE = 500;
    private static final long MOST = 600_000;
    private static final long USUAL = 10_000;

    private FreePort() {}

    /** How long to wait, as the environment says. */
    private static Duration patience(Map<String, String> environment) {
        String text = environment.getOrDefault(VARIABLE, "").strip();
        boolean number = text.matches("[0-9]{1,9}");
        return Duration.ofMillis(number ? Math.min(Long.parseLong(text), MOST) : USUAL);
    }

    /**
     * Comes back when the address can be listened on.
     *
     * @param environment variables, one of which says how long to wait
     * @throws IOException why it cannot, and what to do; waiting is tried only where it may help
     */
    static void await(InetAddress address, int port, Map<String, String> environment) throws IOException {
        Duration patience = patience(environment);
        long until = System.nanoTime() + patience.toNanos();
        boolean said = false;
        while (true) {
            Optional<BindException> refused = trial(address, port);
            if (refused.isEmpty()) {
                return;
            }
            if (!taken(refused.get())
                    || System.nanoTime() >= until
                    || Thread.currentThread().isInterrupted()) {
                throw new IOException(address.getHostAddress() + ":" + port + ": "
                        + refused.get().getMessage() + owner(refused.get(), port) + ". "
                        + advice(refused.get(), address));
            }
            if (!said) {
                said = true;
                LOG.log(
                        System.Logger.Level.WARNING,
                        "Port " + port + " of " + address.getHostAddress() + " is in use: waiting up to "
                                + patience.toMillis() + " ms (" + VARIABLE + ") for it to become free.");
            }
            pause();
        }
    }

    private static String owner(BindException refused, int port) {
        return taken(refused) ? PortOwner.of(port).map(owner -> " by " + owner).orElse("") : "";
    }

    private static String advice(BindException refused, InetAddress address) {
        String why = String.valueOf(refused.getMessage()).toLowerCase(Locale.ROOT);
        if (taken(refused)) {
            return "Is another gateway running? Choose another port with --port or gateway.port.";
        }
        if (why.contains("assign")) {
            return address.getHostAddress()
                    + " is no address of this machine: see gateway.bind and gateway.customBindHost.";
        }
        return "Ports below 1024 are for privileged users: choose another one with --port or gateway.port.";
    }

    private static boolean taken(BindException refused) {
        return String.valueOf(refused.getMessage()).toLowerCase(Locale.ROOT).contains("in use");
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** As the listener itself does it; whatever is not about the address is left for it to say. */
    static Optional<BindException> trial(InetAddress address, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, port));
            return Optional.empty();
        } catch (BindException refused) {
            return Optional.of(refused);
        } catch (IOException other) {
            return Optional.empty();
        }
    }
}
