package dev.portcullis.gateway.runtime.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.portcullis.gateway.api.tool.InputSchema;
import dev.portcullis.gateway.api.tool.Tool;
import dev.portcullis.gateway.api.tool.ToolResult;
import dev.portcullis.gateway.runtime.invoke.TestRoad;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Damaged requests on a real socket: no 5xx, no stack trace, no hang, no crash. {@code -Dportcullis.fuzz.seconds} makes it
 * longer, {@code -Dportcullis.seed} repeats it.
 */
class SocketFuzzTest {
    private static final Pattern SERVER_FAULT = Pattern.compile("HTTP/1\\.1 5\\d\\d");
    private static final Pattern INSIDES = Pattern.compile("\\tat |Exception|java\\.|io\\.helidon|dev\\.portcullis");
    private static final List<String> NASTY = List.of(
            "\r\n",
            "\n",
            "\r",
            "\r\n\r\n",
            "\u0000",
            "\u00ff\u00fe",
            " ",
            ":",
            "Transfer-Encoding: chunked\r\n",
            "Content-Length: 0\r\n",
            "Content-Length: 99999999999\r\n",
            "Content-Length: -1\r\n",
            "Expect: 100-continue\r\n",
            "Connection: close\r\n",
            "Upgrade: websocket\r\n",
            "Host: a b\r\n",
            "x-openclaw-scopes: \r\n",
            "x-openclaw-message-channel: \u00e9\r\n",
            "X-Forwarded-For: ::1\r\n",
            "HTTP/1.0",
            "HTTP/2.0",
            "//",
            "/../",
            "%00",
            "%2e%2e/",
            "?",
            "#",
            "\\ud800",
            "\\u0000",
            "1e999999999",
            "-0",
            "[[[[[[[[",
            "{\"tool\":\"probe\",\"args\":{\"text\":\"",
            "\"args\":[]",
            "\"sessionKey\":\"agent::\"",
            "\"agentId\":\"..\"",
            "ffffffff\r\n",
            "0\r\n\r\n",
            "agent:main:harness:x");

    private final Random random;
    private final long seed = Long.getLong("portcullis.seed", System.nanoTime());
    private final List<byte[]> seeds = seeds();

    SocketFuzzTest() {
        random = new Random(seed);
    }

    @Test
    @Timeout(24 * 3600)
    void damagedRequestsAreRefusedAndNothingElse() throws Exception {
        long until = System.nanoTime()
                + Duration.ofSeconds(Integer.getInteger("portcullis.fuzz.seconds", 8))
                        .toNanos();
        int sent = 0;
        int answered = 0;
        try (HttpHouse house = HttpHouse.of(
                TestRoad.of(Tool.of(
                        TestRoad.named(
                                "probe",
                                InputSchema.object()
                                        .optionalString("text", "any")
                                        .optionalInteger("count", 0, 10, "any")
                                        .optionalNumber("share", "any")
                                        .optionalBoolean("flag", "any")),
                        call -> ToolResult.of(call.arguments().asMap()))),
                Duration.ofSeconds(30),
                HttpHouse.LIMITS)) {
            while (System.nanoTime() < until) {
                byte[] request = mutated();
                String answer = exchange(house, request);
                sent++;
                answered += answer.isEmpty() ? 0 : 1;
                String what = "portcullis.seed=" + seed + " request " + sent + ": "
                        + new String(request, StandardCharsets.ISO_8859_1) + "\n--- " + answer;
                assertFalse(SERVER_FAULT.matcher(answer).find(), what);
                assertFalse(INSIDES.matcher(answer).find(), what);
            }
            assertEquals(200, alive(house), "portcullis.seed=" + seed);
            assertFalse(
                    house.road.records.stream().anyMatch(entry -> entry.status() >= 500), "portcullis.seed=" + seed);
            System.out.println("fuzz: portcullis.seed=" + seed + ", " + sent + " requests, " + answered + " answered, "
                    + house.road.records.size() + " invocations");
        }
    }

    private static int alive(HttpHouse house) throws IOException {
        try (RawClient client = house.connect()) {
            return client.ask("GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n").status();
        }
    }

    /** What comes back until the server ends the connection, which it must. */
    private static String exchange(HttpHouse house, byte[] request) throws IOException {
        try (RawClient client = house.connect()) {
            try {
                client.send(request);
                client.socket().shutdownOutput();
            } catch (SocketException refused) {
                // it may have seen enough
            }
            try {
                return new String(client.socket().getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            } catch (SocketException reset) {
                return "";
            }
        }
    }

    private byte[] mutated() {
        String request = pick();
        for (int i = random.nextInt(5); i >= 0; i--) {
            request = mutation(request);
        }
        return request.getBytes(StandardCharsets.ISO_8859_1);
    }

    private String mutation(String text) {
        int at = random.nextInt(text.length() + 1);
        int end = Math.min(text.length(), at + random.nextInt(20));
        return switch (random.nextInt(9)) {
            case 0 -> text.substring(0, at) + (char) random.nextInt(256) + text.substring(end);
            case 1 -> text.substring(0, at) + text.substring(end);
            case 2 -> text.substring(0, end) + text.substring(at);
            case 3 -> text.substring(0, at) + NASTY.get(random.nextInt(NASTY.size())) + text.substring(at);
            case 4 -> text.substring(0, at) + NASTY.get(random.nextInt(NASTY.size())) + text.substring(end);
            case 5 -> text.substring(0, at);
            case 6 -> text + pick();
            case 7 -> text.substring(0, at) + text.substring(at, end).repeat(random.nextInt(200)) + text.substring(end);
            default -> refitted(text);
        };
    }

    /** With a length that fits the body again, so that what is in the body is looked at. */
    private static String refitted(String text) {
        int head = text.indexOf("\r\n\r\n");
        return head < 0
                ? text
                : text.substring(0, head)
                                .replaceAll(
                                        "(?i)content-length: *\\d+", "Content-Length: " + (text.length() - head - 4))
                        + text.substring(head);
    }

    private String pick() {
        return new String(seeds.get(random.nextInt(seeds.size())), StandardCharsets.ISO_8859_1);
    }

    private static List<byte[]> seeds() {
        try (InputStream in = Objects.requireNonNull(SocketFuzzTest.class.getResourceAsStream("fuzz-seeds.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .map(line -> line.translateEscapes().getBytes(StandardCharsets.ISO_8859_1))
                    .toList();
        } catch (IOException broken) {
            throw new java.io.UncheckedIOException(broken);
        }
    }
}
