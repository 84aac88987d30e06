package dev.portcullis.gateway.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Strangers ask as fast as they are answered, beside a caller who is admitted. */
@Timeout(180)
class FloodTest {
    private static final int STRANGERS = 32;
    private static final int REQUESTS = 60;
    private static final int CALLS = 100;
    private static final String CALL = "{\"tool\":\"agents_list\"}";
    private static final byte[] STRANGE = ("POST /tools/invoke HTTP/1.1\r\nHost: h\r\nContent-Length: " + CALL.length()
                    + "\r\n\r\n" + CALL)
            .getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path folder;

    private final AtomicInteger refused = new AtomicInteger();

    private Thread stranger(int port) {
        return Thread.ofVirtual().start(() -> {
            byte[] answer = new byte[4096];
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoTimeout(60_000);
                InputStream in = socket.getInputStream();
                for (int i = 0; i < REQUESTS; i++) {
                    socket.getOutputStream().write(STRANGE);
                    int read = in.read(answer);
                    if (read > 0 && new String(answer, 0, read, StandardCharsets.US_ASCII).contains(" 401 ")) {
                        refused.incrementAndGet();
                    }
                }
            } catch (IOException closed) {
                // a stranger may be cut off
            }
        });
    }

    @Test
    void noCallOfAnAdmittedCallerIsRefusedOrGoesUnrecorded() throws Exception {
        TestGateway gateway = TestGateway.start(
                folder,
                "{gateway: {port: 0, auth: {mode: 'token', token: '" + TestGateway.TOKEN
                        + "'}}, tools: {allow: ['agents_list']}}");
        Set<String> invocations = new HashSet<>();
        try (gateway) {
            List<Thread> strangers = new ArrayList<>();
            for (int i = 0; i < STRANGERS; i++) {
                strangers.add(stranger(gateway.port()));
            }
            for (int i = 0; i < CALLS; i++) {
                var answer = gateway.invoke(CALL);
                assertEquals(200, answer.statusCode());
                answer.headers().firstValue("x-portcullis-invocation").ifPresent(invocations::add);
            }
            for (Thread stranger : strangers) {
                stranger.join();
            }
            assertEquals(200, gateway.invoke(CALL).statusCode());
        }

        assertEquals(CALLS, invocations.size());
        assertTrue(refused.get() > STRANGERS, () -> refused + " refusals are no flood");
        String records = String.join("\n", gateway.auditLines());
        for (String invocation : invocations) {
            assertTrue(records.contains(invocation), () -> "no record of " + invocation);
        }
    }
}
