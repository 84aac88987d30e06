package dev.portcullis.gateway.runtime.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.api.tool.ToolResult;
import dev.portcullis.gateway.runtime.invoke.InvocationRequest;
import dev.portcullis.gateway.runtime.invoke.Stop;
import dev.portcullis.gateway.runtime.json.JsonBytes;
import dev.portcullis.gateway.runtime.json.JsonReader;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonParser;

/** What goes in as JSON, and what comes out. */
class JsonTest {
    private static InvocationRequest parse(String body) {
        return InvocationBody.parse(body.getBytes(StandardCharsets.UTF_8));
    }

    private static Object args(String json) {
        return parse("{\"tool\":\"t\",\"args\":{\"a\":" + json + "}}")
                .arguments()
                .get("a");
    }

    private static String refusal(String body) {
        return assertThrows(Stop.class, () -> parse(body)).getMessage();
    }

    @Test
    void fieldsAreReadByTheRules() {
        InvocationRequest request = parse(
                "{\"tool\":\"no\",\"name\":\" yes \",\"action\":\" list \",\"sessionKey\":\"main\",\"agentId\":\"ops\",\"x\":1}");

        assertEquals(
                new InvocationRequest("yes", Optional.of("list"), Map.of(), Optional.of("main"), Optional.of("ops")),
                request);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "null",
                "1",
                "\"t\"",
                "[]",
                "{}",
                "{\"tool\":5}",
                "{\"name\":\"\",\"tool\":\"t\"}",
                "{\"name\":5,\"tool\":\"t\"}",
                "{\"tool\":\" \"}",
                "{\"args\":{}}"
            })
    void withoutANameNothingIsAskedFor(String body) {
        assertEquals("invalid_request", refusal(body));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "\"x\"", "1", "true"})
    void argumentsAreAnObject(String args) {
        assertEquals("invalid_request", refusal("{\"tool\":\"t\",\"args\":" + args + "}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{bad",
                "{\"tool\":\"t\"",
                "{\"tool\":\"t\"}x",
                "{\"tool\":\"t\"}{}",
                "{'tool':'t'}",
                "[1,]",
                "{\"a\":01}",
                "{\"a\":+1}",
                "{\"a\":NaN}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\n\"}",
                "{\"tool\":\"t\",}",
                "nul",
                "\u0000",
                "/* c */{}",
                "{\"a\":1e}"
            })
    void whatIsNoJsonIsMalformed(String body) {
        assertEquals("body_malformed", refusal(body));
    }

    @Test
    void lastOfEqualKeysWins() {
        assertEquals("b", parse("{\"tool\":\"a\",\"tool\":\"b\"}").tool());
    }

    @Test
    void byteOrderMarkIsWhiteSpace() {
        assertEquals("t", parse("\uFEFF{\"tool\":\"t\"}").tool());
    }

    @Test
    void malformedUtf8IsReplaced() {
        byte[] body = "{\"tool\":\"t?\"}".getBytes(StandardCharsets.ISO_8859_1);
        body[10] = (byte) 0xff;

        assertEquals("t\uFFFD", InvocationBody.parse(body).tool());
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE"})
    void bodyIsReadAsUtf8WhateverItLooksLike(String charset) {
        byte[] body = "{\"tool\":\"t\"}".getBytes(Charset.forName(charset));

        assertThrows(Stop.class, () -> InvocationBody.parse(body));
    }

    @Test
    void depthOfAnUnknownFieldIsNobodysBusiness() {
        String deep = "[".repeat(20_000) + "]".repeat(20_000);

        assertEquals("t", parse("{\"x\":" + deep + ",\"tool\":\"t\"}").tool());
    }

    @Test
    void depthOfArgumentsIsBounded() {
        assertEquals(
                "body_malformed",
                refusal("{\"tool\":\"t\",\"args\":{\"a\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}}"));
        assertEquals(
                "t",
                parse("{\"tool\":\"t\",\"args\":{\"a\":" + "[".repeat(400) + "]".repeat(400) + "}}")
                        .tool());
    }

    @Test
    void numbersKeepTheirValue() {
        assertEquals(9_007_199_254_740_993L, args("9007199254740993"));
        assertEquals(new BigDecimal("123456789012345678901234567890"), args("123456789012345678901234567890"));
        assertEquals(0.5, args("0.5"));
        assertEquals(new BigDecimal("1e400"), args("1e400"));
        assertEquals(new BigDecimal("1e-400"), args("1e-400"));
        assertEquals(0.0, args("0e-999999999"));
        assertEquals(-0.0, args("-0.0"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "99999999999999.99",
                "12345678901234567.89",
                "0.1234567890123456789",
                "1.50",
                "0.00",
                "-7.10",
                "123456789.123456789"
            })
    void fractionsKeepTheirDigits(String number) {
        Object read = args(number);

        assertEquals(
                new BigDecimal(number),
                read instanceof Double near
                        ? new BigDecimal(BigDecimal.valueOf(near).toString())
                        : read);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "-1e999999999", "1e99999999999999", "1e2000", "1e-2000", "1e-999999999"})
    void numbersThatNobodyCanCalculateWithAreRefused(String number) {
        assertEquals("body_malformed", refusal("{\"tool\":\"t\",\"args\":{\"a\":" + number + "}}"));
    }

    @Test
    void nullStaysNull() {
        assertEquals(Arrays.asList(null, true), args("[null,true]"));
    }

    @Test
    void refusalSaysWhereAndNeverWhat() {
        Stop stop = assertThrows(Stop.class, () -> parse("{\"tool\":\n hunter2}"));
        String answer = new String(
                Answers.of(new dev.portcullis.gateway.runtime.invoke.Outcome.BodyMalformed("x"))
                        .render(false, true, "")
                        .readBytes(),
                StandardCharsets.UTF_8);

        assertFalse(String.valueOf(stop.getMessage()).contains("hunter2"));
        assertTrue(answer.contains("invalid_request_error"));
    }

    @Test
    void halfASurrogatePairGoesOutAsReplacement() {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("\uD800", "a\uDC00b\uD83D\uDE00");

        assertEquals(
                "{\"\uFFFD\":\"a\uFFFDb\uD83D\uDE00\"}", new String(JsonWriter.bytes(value), StandardCharsets.UTF_8));
        assertTrue(new String(ResultBody.of(ToolResult.text("\uD800"), 0).toByteArray(), StandardCharsets.UTF_8)
                .contains("\uFFFD"));
    }

    @Test
    void wholeNumbersHaveNoFraction() {
        assertEquals(
                "[1,-0.5,1.0E300,12345678901234567890]",
                new String(
                        JsonWriter.bytes(List.of(1.0, -0.5, 1e300, new BigDecimal("12345678901234567890"))),
                        StandardCharsets.UTF_8));
    }

    @Test
    void prettyTextIsThatOfJavaScript() {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("a", List.of(1L, "b"));
        value.put("empty", List.of());
        value.put("none", Map.of());

        assertEquals(
                "{\n  \"a\": [\n    1,\n    \"b\"\n  ],\n  \"empty\": [],\n  \"none\": {}\n}",
                JsonWriter.pretty(value));
    }

    /** What is written by hand says what Jackson would say, and the indented text as a string is that text as a string. */
    @Test
    void whatIsWrittenIsReadAsTheSame() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            Object value = value(random, 4);
            byte[] compact = JsonWriter.bytes(value);
            String text = JsonWriter.pretty(value);
            byte[] quoted = new JsonBytes(0, 1).prettyString(value).toByteArray();

            assertEquals(value, read(new String(compact, StandardCharsets.UTF_8)), () -> "seed " + seed);
            assertEquals(value, read(text), () -> "seed " + seed);
            assertEquals(text, read(new String(quoted, StandardCharsets.UTF_8)), () -> "seed " + seed);
        }
    }

    private static Object read(String text) {
        try (JsonParser parser = JsonReader.open(text)) {
            parser.nextToken();
            return JsonReader.value(parser);
        }
    }

    private static Object value(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 6 : 8)) {
            case 0 -> true;
            case 1 -> random.nextLong() >> random.nextInt(64);
            case 2 -> random.nextInt(1_000) + 0.25;
            case 3 -> new BigDecimal("98765432109876543210");
            case 4, 5 -> text(random);
            case 6 ->
                Stream.generate(() -> value(random, depth - 1))
                        .limit(random.nextInt(4))
                        .toList();
            default -> {
                Map<String, Object> map = new LinkedHashMap<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    map.put(text(random), value(random, depth - 1));
                }
                yield map;
            }
        };
    }

    /** With all that needs an escape, in one, two, three and four bytes. */
    private static String text(Random random) {
        return random.ints(random.nextInt(12), 0, 12)
                .mapToObj(kind -> switch (kind) {
                    case 0 -> "\"";
                    case 1 -> "\\";
                    case 2 -> Character.toString(random.nextInt(0x20));
                    case 3 -> "\u007F/";
                    case 4 -> Character.toString(0x80 + random.nextInt(0x700));
                    case 5 -> Character.toString(0x800 + random.nextInt(0xC000));
                    case 6 -> Character.toString(0x10000 + random.nextInt(0x10000));
                    default -> "abc".repeat(random.nextInt(4));
                })
                .collect(Collectors.joining());
    }

    @Test
    void nothingIsEscapedThatNeedNotBe() {
        assertEquals(
                "\"a/b\\n\\u001F\\\"\\\\\u00e9\"",
                new String(JsonWriter.bytes("a/b\n\u001F\"\\\u00e9"), StandardCharsets.UTF_8));
    }

    @Test
    void deepestResultThatAToolMayGiveCanBeWritten() {
        Object value = 1L;
        for (int i = 0; i < 499; i++) {
            value = List.of(value);
        }

        assertTrue(ResultBody.of(ToolResult.of(value), 0).length() > 1_000);
    }

    @Test
    void resultsHaveTheirEnvelope() {
        assertEquals(
                "{\"ok\":true}", new String(ResultBody.of(ToolResult.none(), 0).toByteArray(), StandardCharsets.UTF_8));
        assertEquals(
                "{\"ok\":true,\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"hi\"},{\"type\":\"image\",\"data\":\"QQ==\","
                        + "\"mimeType\":\"image/png\"}],\"details\":null}}",
                new String(
                        ResultBody.of(
                                        ToolResult.builder()
                                                .text("hi")
                                                .image("QQ==", "image/png")
                                                .details(null)
                                                .build(),
                                        0)
                                .toByteArray(),
                        StandardCharsets.UTF_8));
    }

    @Test
    void dateHasTwoDigitsForTheDay() {
        assertEquals("Sun, 06 Nov 1994 08:49:37 GMT", HttpDate.text(784_111_777));
    }
}
