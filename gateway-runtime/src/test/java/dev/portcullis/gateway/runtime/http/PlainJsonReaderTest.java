package dev.portcullis.gateway.runtime.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.runtime.invoke.Stop;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read quickly is what is read thoroughly. */
class PlainJsonReaderTest {
    private static final String[] PIECES = {
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\"tool\":\"t\"",
        "\"args\":{",
        "\"name\"",
        "\"sessionKey\":\"main\"",
        "\"agentId\":",
        "\"a\":1",
        "\"b\":[1,2.50,-3]",
        "true",
        "false",
        "null",
        "0",
        "-0",
        "01",
        "1.",
        "1e5",
        "12345678901234567890",
        "123456789012345678",
        "-0.0",
        "1.25",
        "0.1234567890123456789012345678",
        " ",
        "\n",
        "\t",
        "\\n",
        "\\u0041",
        "\u00e9",
        "\ud83d\ude00",
        "\u0000",
        "\ufeff",
        "x",
        "/",
        "'"
    };

    @Test
    void randomBodiesAreReadTheSame() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int plain = 0;
        for (int i = 0; i < 60_000; i++) {
            byte[] body = random.nextBoolean() ? wild(random) : nearlyPlain(random);
            InvocationFields quick = InvocationFields.plain(body);
            if (quick != null) {
                plain++;
                assertEquals(
                        outcome(() -> InvocationBody.read(body)),
                        outcome(() -> quick),
                        () -> "seed " + seed + ": " + new String(body, StandardCharsets.UTF_8));
            }
        }
        assertTrue(plain > 3_000, plain + " bodies were plain, seed " + seed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"tool\":\"text_statistics\",\"args\":{\"text\":\"The quick brown fox\",\"wordsPerMinute\":250}}",
                " { \"name\" : \"t\" , \"args\" : { \"a\" : [ 1 , null , true ] } } \n",
                "{\"tool\":\"gr\u00fc\u00dfe \ud83d\ude00\"}",
                "{}"
            })
    void usualBodiesArePlain(String body) {
        assertNotNull(InvocationFields.plain(body.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{\"a\":1}{}", "{\"a\":\"\\n\"}", "{\"a\":1e3}", "{\"a\":01}", "{\"a\":1,}", "{"})
    void therestIsLeftToTheThoroughReader(String body) {
        assertNull(InvocationFields.plain(body.getBytes(StandardCharsets.UTF_8)));
    }

    private static String outcome(Supplier<InvocationFields> read) {
        try {
            return read.get().request().toString() + read.get().request().arguments();
        } catch (Stop stop) {
            return stop.getMessage();
        }
    }

    private static byte[] wild(Random random) {
        StringBuilder text = new StringBuilder("{");
        for (int i = random.nextInt(10); i > 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        byte[] body = text.append("}").toString().getBytes(StandardCharsets.UTF_8);
        if (random.nextInt(4) == 0) {
            body[random.nextInt(body.length)] = (byte) random.nextInt(256);
        }
        return body;
    }

    /** Well formed, and then one byte of it may be another. */
    private static byte[] nearlyPlain(Random random) {
        StringBuilder text = new StringBuilder("{\"tool\":\"t\"");
        for (int i = random.nextInt(4); i > 0; i--) {
            text.append(",\"").append(random.nextBoolean() ? "args" : "k" + i).append("\":");
            value(random, text, 3);
        }
        byte[] body = text.append("}").toString().getBytes(StandardCharsets.UTF_8);
        if (random.nextInt(3) == 0) {
            body[random.nextInt(body.length)] = (byte) random.nextInt(256);
        }
        return body;
    }

    private static void value(Random random, StringBuilder text, int depth) {
        switch (random.nextInt(depth == 0 ? 4 : 6)) {
            case 0 -> text.append(random.nextLong() >> random.nextInt(64));
            case 1 -> text.append(random.nextInt(1_000) / 8.0);
            case 2 -> text.append("\"a b\u00e9\"");
            case 3 -> text.append(random.nextBoolean() ? "null" : "false");
            case 4 -> {
                text.append("[");
                for (int i = random.nextInt(3); i > 0; i--) {
                    value(random, text, depth - 1);
                    text.append(i > 1 ? ", " : "");
                }
                text.append("]");
            }
            default -> {
                text.append("{");
                for (int i = random.nextInt(3); i > 0; i--) {
                    text.append("\"")
                            .append(random.nextBoolean() ? "tool" : "x")
                            .append("\": ");
                    value(random, text, depth - 1);
                    text.append(i > 1 ? "," : "");
                }
                text.append("}");
            }
        }
    }
}
