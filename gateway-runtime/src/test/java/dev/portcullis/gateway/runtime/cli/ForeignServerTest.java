package dev.portcullis.gateway.runtime.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a command does when no gateway answers it, but somebody who wants to hold it up. */
@Timeout(60)
class ForeignServerTest {
    private static final String HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";

    @TempDir
    private Path stateDir;

    private interface Body {
        void write(OutputStream out) throws IOException;
    }

    private CommandRunner.Ran run(Body body, String... command) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try (Socket client = server.accept()) {
                    OutputStream out = client.getOutputStream();
                    out.write(HEAD.getBytes(StandardCharsets.US_ASCII));
                    out.flush();
                    body.write(out);
                    client.getInputStream().transferTo(OutputStream.nullOutputStream());
                } catch (IOException gone) {
                    // the command has seen enough
                }
            });
            return new CommandRunner(stateDir)
                    .port(server.getLocalPort())
                    .token(FakeGateway.TOKEN)
                    .run(command);
        }
    }

    @Test
    void answerThatStopsAfterItsHeadIsGivenUpInTime() throws IOException {
        CommandRunner.Ran ran = run(out -> {}, "invoke", "echo", "--timeout", "1");

        assertEquals(1, ran.exit());
        assertTrue(ran.err().contains("did not answer within"), ran.err());
    }

    @Test
    void answerWithoutEndIsNotCollected() throws IOException {
        byte[] chunk = ("100000\r\n" + " ".repeat(1 << 20) + "\r\n").getBytes(StandardCharsets.US_ASCII);

        CommandRunner.Ran ran = run(
                out -> {
                    for (int i = 0; i < 65; i++) {
                        out.write(chunk);
                    }
                    out.flush();
                },
                "invoke",
                "echo",
                "--timeout",
                "50");

        assertEquals(1, ran.exit());
        assertTrue(ran.err().contains("does not speak HTTP as a gateway does"), ran.err());
    }
}
