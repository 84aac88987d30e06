package dev.portcullis.gateway.runtime.http;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * Bounds of connections.
 *
 * @param headTime what a client has to send the head of a request, from its first byte
 * @param writeTime what a client has to take an answer
 * @param connections that may be open at the same time; more wait in the backlog of the operating system
 * @param handshakeTime what a client has to agree on encryption, from the first moment of its connection
 * @param handshakes that one client may have begun at the same time
 */
record ConnectionLimits(
        Duration headTime, Duration writeTime, int connections, Duration handshakeTime, int handshakes) {
    private static final Duration HANDSHAKE = Duration.ofSeconds(10);
    private static final int HANDSHAKES = 256;
    private static final int MOST = 10_000;
    private static final int LEAST = 64;

    ConnectionLimits(Duration headTime, Duration writeTime, int connections) {
        this(headTime, writeTime, connections, HANDSHAKE, HANDSHAKES);
    }

    /** Half of the file descriptors: a listener that cannot get one for a new connection would end. */
    static ConnectionLimits standard() {
        long descriptors = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : MOST * 2L;
        return new ConnectionLimits(
                Duration.ofSeconds(30), Duration.ofSeconds(60), Math.clamp(descriptors / 2, LEAST, MOST));
    }
}
