package dev.portcullis.gateway.runtime.ws;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.runtime.TestGateway;
import dev.portcullis.gateway.runtime.ws.RawWebSocket.Frame;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RFC 6455 as far as it is ours. */
class FramesTest {
    private static final String HEALTH = "{\"type\":\"req\",\"id\":\"1\",\"method\":\"health\"}";

    @TempDir
    Path folder;

    private TestGateway gateway;
    private RawWebSocket socket;

    @BeforeEach
    void start() throws Exception {
        gateway = TestGateway.start(
                folder, "{gateway: {port: 0, auth: {mode: 'token', token: '" + TestGateway.TOKEN + "'}}}");
        socket = RawWebSocket.connected(gateway.port(), TestGateway.TOKEN, "operator.read");
    }

    @AfterEach
    void stop() throws Exception {
        socket.close();
        gateway.close();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void assertCloses(int code) throws Exception {
        assertEquals(code, socket.closed().code());
    }

    @Test
    void pingIsAnsweredBetweenTheFragmentsOfAMessage() throws Exception {
        socket.frame(0x01, utf8(HEALTH.substring(0, 10)));
        socket.frame(RawWebSocket.PING, utf8("there?"));
        socket.frame(0x00, utf8(HEALTH.substring(10, 20)));
        socket.frame(0x80, utf8(HEALTH.substring(20)));

        Frame pong = socket.read();
        assertEquals(10, pong.opcode());
        assertArrayEquals(utf8("there?"), pong.payload());
        assertEquals(true, socket.answer("1").get("ok"));
    }

    @Test
    void largeMessagesPassAfterAuthentication() throws Exception {
        String padding = " ".repeat(200_000);

        socket.text(HEALTH.replace(",\"method\"", "," + padding + "\"method\""));

        assertEquals(true, socket.answer("1").get("ok"));
    }

    @Test
    void messageBeyondTheBoundIsRefusedByItsHeader() throws Exception {
        socket.bytes(new byte[] {(byte) 0x81, (byte) 0xff, 0, 0, 0, 0, 2, 0, 0, 0});

        assertCloses(1009);
    }

    @Test
    void fragmentsTogetherHaveTheSameBound() throws Exception {
        byte[] part = utf8(" ".repeat(13 * 1024 * 1024));
        socket.frame(0x01, part);
        socket.bytes(new byte[] {(byte) 0x80, (byte) 0xff, 0, 0, 0, 0, 1, 0, 0, 0});

        assertCloses(1009);
    }

    @Test
    void unmaskedFrameIsRefused() throws Exception {
        socket.bytes(new byte[] {(byte) 0x81, 2, '{', '}'});

        assertCloses(1002);
    }

    @Test
    void reservedBitIsRefused() throws Exception {
        socket.frame(0xc1, utf8(HEALTH));

        assertCloses(1002);
    }

    @Test
    void unknownOperationIsRefused() throws Exception {
        socket.frame(0x83, utf8(HEALTH));

        assertCloses(1002);
    }

    @Test
    void unknownControlOperationIsRefused() throws Exception {
        socket.frame(0x8f, utf8("x"));

        assertCloses(1002);
    }

    @Test
    void continuationOfNothingIsRefused() throws Exception {
        socket.frame(0x80, utf8(HEALTH));

        assertCloses(1002);
    }

    @Test
    void messageInsideAMessageIsRefused() throws Exception {
        socket.frame(0x01, utf8("{"));
        socket.frame(RawWebSocket.TEXT, utf8(HEALTH));

        assertCloses(1002);
    }

    @Test
    void longOrFragmentedControlFrameIsRefused() throws Exception {
        socket.frame(RawWebSocket.PING, new byte[126]);

        assertCloses(1002);
    }

    @Test
    void binaryFrameIsRefused() throws Exception {
        socket.frame(0x82, utf8(HEALTH));

        assertCloses(1003);
    }

    @Test
    void textThatIsNoUtf8IsRefused() throws Exception {
        socket.frame(RawWebSocket.TEXT, new byte[] {'"', (byte) 0xc3, '"'});

        assertCloses(1007);
    }

    @Test
    void closeIsAnsweredAndEndsTheConnection() throws Exception {
        socket.frame(RawWebSocket.CLOSE, new byte[] {3, (byte) 0xe8});

        assertCloses(1000);
        assertTrue(socket.ended());
    }

    @Test
    void closeWithoutAMeaningIsAnError() throws Exception {
        socket.frame(RawWebSocket.CLOSE, new byte[] {3, (byte) 0xed});

        assertCloses(1002);
    }

    @Test
    void clientThatIgnoresTheGoodbyeIsCutOff() throws Exception {
        socket.frame(0x82, utf8(HEALTH));
        assertCloses(1003);

        assertTrue(socket.ended());
    }

    @Test
    void framesThatComeWithTheUpgradeAreReadAfterIt() throws Exception {
        try (RawWebSocket eager = RawWebSocket.openAnd(gateway.port(), utf8(HEALTH), "operator.read")) {
            assertEquals(101, eager.status());
            assertEquals(true, eager.answer("ask").get("ok"));
            assertEquals(true, eager.answer("1").get("ok"));
        }
    }

    @Test
    void answersStayWholeWhenManyAreAskedForAtOnce() throws Exception {
        for (int i = 0; i < 100; i++) {
            socket.request("r" + i, "tools.catalog", Map.of());
        }

        java.util.Set<Object> answered = new java.util.HashSet<>();
        while (answered.size() < 100) {
            Map<String, Object> answer = socket.next();
            assertEquals(true, answer.get("ok"), answer::toString);
            answered.add(answer.get("id"));
        }
        assertEquals(100, answered.size());
    }
}
