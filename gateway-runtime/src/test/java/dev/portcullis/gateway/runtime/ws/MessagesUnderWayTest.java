package dev.portcullis.gateway.runtime.ws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.runtime.GatewayOptions.BuiltIns;
import dev.portcullis.gateway.runtime.TestGateway;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Callers who begin large messages and do not end them. */
@Timeout(120)
class MessagesUnderWayTest {
    private static final int PART = 8 * 1024 * 1024;
    private static final int UNFINISHED_TEXT = 1;
    private static final int UNFINISHED_MORE = 0;
    private static final int LAST = 0x80;

    @TempDir
    Path folder;

    private final List<RawWebSocket> open = new ArrayList<>();
    private TestGateway gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = TestGateway.start(
                folder,
                "{gateway: {port: 0, auth: {mode: 'token', token: '" + TestGateway.TOKEN + "'}}}",
                Map.of(),
                BuiltIns.ofBootLayer().tools());
    }

    @AfterEach
    void stop() throws IOException {
        for (RawWebSocket one : open) {
            one.close();
        }
        gateway.close();
    }

    private RawWebSocket caller() throws IOException {
        RawWebSocket socket =
                RawWebSocket.connected(gateway.port(), TestGateway.TOKEN, "operator.read", "operator.write");
        open.add(socket);
        return socket;
    }

    private static byte[] blanks() {
        byte[] text = new byte[PART];
        java.util.Arrays.fill(text, (byte) ' ');
        return text;
    }

    /** Holds parts of messages on ever more sockets until the gateway has enough. */
    private RawWebSocket.Closed fill() throws IOException {
        long most = Math.max(64L * 1024 * 1024, Runtime.getRuntime().maxMemory() / 8) / PART + 2;
        byte[] part = blanks();
        for (long i = 0; i < most; i++) {
            RawWebSocket socket = caller();
            try {
                socket.frame(UNFINISHED_TEXT, part);
                // answered when the part before it was taken, or refused
                socket.frame(0x89, new byte[0]);
            } catch (IOException refused) {
                // read what was said
            }
            RawWebSocket.Frame answer = socket.read();
            while (answer.opcode() != 10 && answer.opcode() != 8) {
                answer = socket.read();
            }
            if (answer.opcode() == 8) {
                byte[] said = answer.payload();
                return new RawWebSocket.Closed(
                        (said[0] & 0xff) << 8 | said[1] & 0xff, new String(said, 2, said.length - 2));
            }
        }
        throw new AssertionError(most + " times " + PART + " bytes are held");
    }

    @Test
    void messagesUnderWayHaveABoundTogetherAndOthersGoOn() throws Exception {
        RawWebSocket other = caller();

        RawWebSocket.Closed closed = fill();

        assertEquals(1013, closed.code());
        assertEquals("Too many bytes of messages are under way", closed.reason());
        assertEquals(true, other.ask("health", Map.of()).get("ok"));
        assertEquals(200, gateway.invoke("{\"tool\":\"agents_list\"}").statusCode());
    }

    @Test
    void whatWasHeldIsGivenBackWhenTheConnectionEnds() throws Exception {
        fill();
        for (RawWebSocket one : open) {
            one.close();
        }
        open.clear();

        boolean whole = false;
        for (int i = 0; i < 100 && !whole; i++) {
            try {
                RawWebSocket again = caller();
                again.frame(UNFINISHED_TEXT, blanks());
                again.frame(UNFINISHED_MORE, blanks());
                again.frame(LAST, "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
                whole = again.next().containsKey("error");
            } catch (IOException | IllegalStateException notYet) {
                Thread.sleep(50);
            }
        }
        assertTrue(whole, "the budget is free again");
    }
}
