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
 * @param silence that a new connection may begin with, beside the time for encryption
 */
record ConnectionLimits(
        Duration headTime,
        Duration writeTime,
        int connections,
        Duration handshakeTime,
        int handshakes,
        Duration silence) {
    private static final Duration SILENCE = Duration.ofSeconds(10);
    private static final Duration HANDSHAKE = Duration.ofSeconds(10);
    private static final int HANDSHAKES = 256;
    private static final int MOST = 10_000;
    private static final int LEAST = 64;

    /** A pool of connections that one caller may well open at once. */
    private static final int POOL = 256;

    ConnectionLimits(Duration headTime, Duration writeTime, int connections) {
        this(headTime, writeTime, connections, HANDSHAKE, HANDSHAKES, SILENCE);
    }

    ConnectionLimits(Duration headTime, Duration writeTime, int connections, Duration handshakeTime, int handshakes) {
        this(headTime, writeTime, connections, handshakeTime, handshakes, SILENCE);
    }

    /** Places that are kept free: while more are taken, somebody has to go for each that comes. */
    int spare() {
        return connections / 16;
    }

    /** Connections of one client on which nobody was admitted: a quarter of all, or a pool's worth if half of all is more. */
    int strangersOfOneClient() {
        return connections < LEAST ? connections : Math.min(Math.max(connections / 4, POOL), connections / 2);
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
