package dev.portcullis.gateway.runtime.fuzz;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Damaged requests from several clients side by side: no 5xx, no insides, no hang, no crash.
 * {@code -Dportcullis.fuzz.seconds} makes it longer, {@code -Dportcullis.seed} sends the same requests again.
 */
class SocketFuzzTest {
    private static final int CLIENTS = 8;
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

    private final long seed = Long.getLong("portcullis.seed", System.nanoTime());
    private final List<String> seeds = Seeds.requests().stream()
            .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1))
            .toList();

    @Test
    @Timeout(24 * 3600)
    void damagedRequestsAreRefusedAndNothingElse() throws Exception {
        try (LiveGateway gateway = LiveGateway.start();
                ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            long until = System.nanoTime()
                    + Duration.ofSeconds(Integer.getInteger("portcullis.fuzz.seconds", 5))
                            .toNanos();
            List<Callable<Void>> work = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                Random random = new Random(seed + client);
                work.add(() -> {
                    while (System.nanoTime() < until) {
                        gateway.take(mutated(random).getBytes(StandardCharsets.ISO_8859_1));
                    }
                    return null;
                });
            }
            for (Future<Void> done : clients.invokeAll(work)) {
                done.get();
            }
            gateway.checkAlive();
            System.out.println("Fuzz: " + gateway.told() + ", portcullis.seed=" + seed);
        } catch (Exception found) {
            throw new AssertionError("portcullis.seed=" + seed, found);
        }
    }

    private String mutated(Random random) {
        String request = pick(random);
        for (int i = random.nextInt(5); i >= 0; i--) {
            request = mutation(random, request);
        }
        return request;
    }

    private String mutation(Random random, String text) {
        int at = random.nextInt(text.length() + 1);
        int end = Math.min(text.length(), at + random.nextInt(20));
        String nasty = NASTY.get(random.nextInt(NASTY.size()));
        return switch (random.nextInt(9)) {
            case 0 -> text.substring(0, at) + (char) random.nextInt(256) + text.substring(end);
            case 1 -> text.substring(0, at) + text.substring(end);
            case 2 -> text.substring(0, end) + text.substring(at);
            case 3 -> text.substring(0, at) + nasty + text.substring(at);
            case 4 -> text.substring(0, at) + nasty + text.substring(end);
            case 5 -> text.substring(0, at);
            case 6 -> text + pick(random);
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

    private String pick(Random random) {
        return seeds.get(random.nextInt(seeds.size()));
    }
}
