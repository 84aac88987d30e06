package dev.portcullis.gateway.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tools can find the threads that accept connections, and the JDK closes the socket of one that is interrupted. */
@Timeout(120)
class LostListenerTest {
    private static final String CONFIGURATION = "{gateway: {port: 0, auth: {mode: 'token', token: '" + TestGateway.TOKEN
            + "'}}, tools: {allow: ['agents_list']}}";

    @TempDir
    Path folder;

    private final Set<Thread> before = accepting();

    private static Set<Thread> accepting() {
        Set<Thread> found = new HashSet<>(Thread.getAllStackTraces().keySet());
        found.removeIf(thread -> !thread.getName().endsWith("-listener"));
        return found;
    }

    private void interruptListeners() {
        Set<Thread> threads = accepting();
        threads.removeAll(before);
        assertFalse(threads.isEmpty(), "no thread accepts connections");
        threads.forEach(Thread::interrupt);
    }

    private static void awaitRefusal(int port) throws InterruptedException {
        while (answer(port).startsWith("HTTP")) {
            Thread.sleep(1);
        }
    }

    /** The JDK forgets a connection that it accepts at the moment of an interrupt: nothing ever comes of it. */
    private static String answer(int port) {
        try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
            socket.setSoTimeout(2_000);
            socket.getOutputStream()
                    .write("GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException refused) {
            return "refused";
        }
    }

    @Test
    void listenerWhoseThreadIsInterruptedServesAgain() throws Exception {
        try (TestGateway gateway = TestGateway.start(folder, CONFIGURATION)) {
            int port = gateway.port();
            for (int i = 0; i < 2; i++) {
                interruptListeners();
                awaitRefusal(port);

                while (!answer(port).startsWith("HTTP/1.1 200")) {
                    Thread.sleep(10);
                }
            }
            assertEquals(200, gateway.invoke("{\"tool\":\"agents_list\"}").statusCode());
        }
    }

    @Test
    void gatewayWhoseAddressIsTakenMeanwhileEndsAndSaysThatItFailed() throws Exception {
        TestGateway gateway = TestGateway.start(folder, CONFIGURATION);
        try (ServerSocket other = new ServerSocket()) {
            other.setReuseAddress(true);
            InetSocketAddress address = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), gateway.port());
            interruptListeners();
            while (!other.isBound()) {
                try {
                    other.bind(address);
                } catch (IOException stillTaken) {
                    Thread.onSpinWait();
                }
            }

            assertFalse(gateway.gateway().awaitStop());
        }
    }
}
