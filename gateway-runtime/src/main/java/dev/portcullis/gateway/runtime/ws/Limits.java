package dev.portcullis.gateway.runtime.ws;

import java.time.Duration;
import java.util.Map;

/**
 * Bounds of a conversation; defaults and variables are the reference gateway's.
 *
 * @param strangers sockets that one client may have open before it authenticated
 * @param handshake how long it has for that
 * @param tick how often the gateway says that it is there
 */
public record Limits(int strangers, Duration handshake, Duration tick) {
    /** Bytes of a message before and after authentication. */
    public static final int STRANGERS_MESSAGE = 64 * 1024;

    public static final int MESSAGE = 25 * 1024 * 1024;

    static final int BUFFERED = 50 * 1024 * 1024;

    /** Requests of one connection that are being answered. */
    static final int IN_FLIGHT = 128;

    /** As the environment says. A value that is no positive number is left out. */
    public static Limits of(Map<String, String> environment) {
        return new Limits(
                (int) number(environment, "OPENCLAW_MAX_PREAUTH_CONNECTIONS_PER_IP", 32, 10_000),
                Duration.ofMillis(number(environment, "OPENCLAW_HANDSHAKE_TIMEOUT_MS", 15_000, 600_000)),
                Duration.ofSeconds(30));
    }

    private static long number(Map<String, String> environment, String name, long otherwise, long most) {
        String text = environment.getOrDefault(name, "").strip();
        boolean number = !text.isEmpty() && text.length() < 10 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        long value = number ? Long.parseLong(text) : 0;
        return value == 0 ? otherwise : Math.min(value, most);
    }
}
