package dev.portcullis.gateway.runtime.http;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.runtime.invoke.TestRoad;
import dev.portcullis.gateway.runtime.tls.ServerTls;
import dev.portcullis.gateway.runtime.tls.TlsFiles;
import dev.portcullis.gateway.runtime.tls.Trust;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that begin to agree on encryption and do not come to an end. */
@Timeout(60)
class HandshakeTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    /** A record of a handshake that announces 512 bytes, and the first of them. */
    private static final byte[] BEGUN = {0x16, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3};

    @TempDir
    static Path folder;

    private static TlsFiles files;
    private static ServerTls tls;

    @BeforeAll
    static void certify() throws Exception {
        files = new TlsFiles(folder.resolve("cert.pem"), folder.resolve("key.pem"), Optional.empty());
        tls = ServerTls.open(files, true, () -> List.of("dns:localhost", "ip:127.0.0.1"));
    }

    private static HttpHouse house(Duration handshake, int handshakes) {
        return HttpHouse.of(
                TestRoad.of(), new ConnectionLimits(LONG, LONG, 1_000, handshake, handshakes), Optional.of(tls));
    }

    private static Socket begin(HttpHouse house) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), house.server.port());
        socket.setSoTimeout((int) LONG.toMillis());
        socket.getOutputStream().write(BEGUN);
        return socket;
    }

    private static String status(HttpHouse house) throws Exception {
        try (SSLSocket socket = (SSLSocket) Trust.ofCertificate(files.certificate())
                .context()
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), house.server.port())) {
            socket.setSoTimeout((int) LONG.toMillis());
            socket.getOutputStream()
                    .write("GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .findFirst()
                    .orElse("");
        }
    }

    /** Whether the gateway ended the connection, with or without a word. */
    private static boolean ended(Socket socket) {
        try {
            return socket.getInputStream().readAllBytes().length >= 0;
        } catch (java.net.SocketTimeoutException open) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    @Test
    void whoSaysNothingOrHalfOfItIsCutOff() throws Exception {
        try (HttpHouse house = house(Duration.ofMillis(200), 10);
                Socket silent = new Socket(InetAddress.getLoopbackAddress(), house.server.port());
                Socket half = begin(house)) {
            silent.setSoTimeout((int) LONG.toMillis());

            assertTrue(ended(silent));
            assertTrue(ended(half));
        }
    }

    @Test
    void whoDripsByteByByteIsCutOffAllTheSame() throws Exception {
        try (HttpHouse house = house(Duration.ofMillis(300), 10);
                Socket slow = begin(house)) {
            Thread dripping = Thread.ofVirtual().start(() -> {
                try {
                    while (true) {
                        slow.getOutputStream().write(3);
                        Thread.sleep(20);
                    }
                } catch (IOException | InterruptedException end) {
                    // cut off
                }
            });

            assertTrue(ended(slow));
            dripping.join(LONG);
        }
    }

    @Test
    void stalledHandshakesOfOneClientHaveABoundAndFreeIt() throws Exception {
        try (HttpHouse house = house(LONG, 3)) {
            List<Socket> stalled = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                stalled.add(begin(house));
            }
            awaitBegun(house, 3);

            try (Socket oneMore = begin(house)) {
                assertTrue(ended(oneMore));
            }
            stalled.removeFirst().close();
            awaitBegun(house, 2);
            assertEquals("HTTP/1.1 200 OK", status(house));

            for (Socket socket : stalled) {
                socket.close();
            }
        }
    }

    @Test
    void stalledHandshakesKeepNobodyElseOut() throws Exception {
        try (HttpHouse house = house(LONG, 100)) {
            List<Socket> stalled = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                stalled.add(begin(house));
            }

            assertEquals("HTTP/1.1 200 OK", status(house));

            for (Socket socket : stalled) {
                assertDoesNotThrow(socket::close);
            }
        }
    }

    private static void awaitBegun(HttpHouse house, int count) throws InterruptedException {
        for (int i = 0; i < 1_500 && house.server.handshakes().begun("127.0.0.1") != count; i++) {
            Thread.sleep(20);
        }
        assertEquals(count, house.server.handshakes().begun("127.0.0.1"));
    }
}
