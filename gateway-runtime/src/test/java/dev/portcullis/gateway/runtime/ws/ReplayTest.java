package dev.portcullis.gateway.runtime.ws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.runtime.TestGateway;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What the reference gateway's command-line client 2026.9.6 sent, recorded, sent again. */
class ReplayTest {
    private static final String RECORDING = "client-frames.jsonl";

    /** One connection of the recording. */
    private record Recorded(List<String> headers, List<Map<String, Object>> frames) {}

    @TempDir
    Path folder;

    private TestGateway gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = TestGateway.start(
                folder, "{gateway: {port: 0, auth: {mode: 'token', token: '" + TestGateway.TOKEN + "'}}}");
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void everyRequestOfTheRecordedClientIsAnswered() throws Exception {
        List<String> refused = new ArrayList<>();
        int answered = 0;
        for (Recorded connection : recording()) {
            for (Map<String, Object> answer : replay(connection).values()) {
                answered++;
                if (!Boolean.TRUE.equals(answer.get("ok"))) {
                    refused.add(answer.toString());
                }
            }
        }

        assertEquals(List.of(), refused);
        assertEquals(13, answered);
    }

    @Test
    void recordedProbeFindsAdminCapabilityAndItsFourReads() throws Exception {
        Recorded probe = recording().getFirst();

        Map<String, Map<String, Object>> answers = replay(probe);

        List<Map<String, Object>> payloads = new ArrayList<>();
        for (Map<String, Object> frame : probe.frames()) {
            payloads.add(answers.get(frame.get("id")));
        }
        Map<?, ?> hello = (Map<?, ?>) payloads.getFirst().get("payload");
        assertTrue(((List<?>) ((Map<?, ?>) hello.get("auth")).get("scopes")).contains("operator.admin"));
        assertTrue(payloads.get(3).get("payload") instanceof List<?>, "presence is a list");
        assertTrue(((Map<?, ?>) payloads.get(4).get("payload")).containsKey("valid"), "configuration is valid or not");
    }

    /** Sends the first frame after the challenge, the others together after hello, as the client does. */
    private Map<String, Map<String, Object>> replay(Recorded connection) throws Exception {
        Map<String, Map<String, Object>> answers = new HashMap<>();
        try (RawWebSocket socket =
                RawWebSocket.open(gateway.port(), connection.headers().toArray(String[]::new))) {
            assertEquals("connect.challenge", socket.next().get("event"));
            socket.send(connection.frames().getFirst());
            Map<String, Object> hello = socket.next();
            answers.put(String.valueOf(hello.get("id")), hello);
            for (Map<String, Object> frame :
                    connection.frames().subList(1, connection.frames().size())) {
                socket.send(frame);
            }
            while (answers.size() < connection.frames().size()) {
                Map<String, Object> answer = socket.next();
                answers.put(String.valueOf(answer.get("id")), answer);
            }
        }
        return answers;
    }

    private static List<Recorded> recording() throws Exception {
        Map<Integer, Recorded> connections = new TreeMap<>();
        try (InputStream in = ReplayTest.class.getResourceAsStream(RECORDING)) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("\"TOKEN\"", "\"" + TestGateway.TOKEN + "\"")
                    .lines()
                    .toList()) {
                Map<String, Object> entry =
                        JsonMapper.builder().build().readValue(line, new TypeReference<Map<String, Object>>() {});
                Recorded connection = connections.computeIfAbsent(
                        (Integer) entry.get("connection"),
                        number -> new Recorded(new ArrayList<>(), new ArrayList<>()));
                if (entry.get("headers") instanceof Map<?, ?> headers) {
                    String extensions = String.valueOf(headers.get("sec-websocket-extensions"));
                    connection.headers().add("Sec-WebSocket-Extensions: " + extensions);
                } else {
                    @SuppressWarnings("unchecked")
                    Map<String, Object> frame = (Map<String, Object>) entry.get("frame");
                    connection.frames().add(frame);
                }
            }
        }
        return List.copyOf(connections.values());
    }
}
