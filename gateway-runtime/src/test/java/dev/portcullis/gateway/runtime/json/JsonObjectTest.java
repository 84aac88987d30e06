package dev.portcullis.gateway.runtime.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonObjectTest {
    private static Optional<Map<String, Object>> parse(String text) {
        return JsonObject.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void objectIsReadWhetherItIsPlainOrNot() {
        assertEquals(
                Map.of("a", true, "b", "why"),
                parse(" {\"a\": true, \"b\": \"why\"}\n").orElseThrow());
        assertEquals(
                Map.of("a", "\u00e4", "b", "\n"),
                parse("{\"a\": \"\u00e4\", \"b\": \"\\n\"}").orElseThrow());
        assertEquals(
                Map.of("a", Map.of("b", List.of("c"))),
                parse("{\"a\": {\"b\": [\"c\"]}}").orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "\"a\"",
                "{\"a\": true, \"a\": true}",
                "{\"a\": {\"b\": 1, \"b\": 1}}",
                "{\"a\": true} {}",
                "{\"a\": true,}",
                "{'a': true}",
                "{\"a\": 01}"
            })
    void whatIsNoStrictObjectIsNone(String text) {
        assertTrue(parse(text).isEmpty());
    }

    @Test
    void bytesThatAreNoTextAreNone() {
        byte[] bytes = "{\"a\": \"?\"}".getBytes(StandardCharsets.US_ASCII);
        bytes[7] = (byte) 0xff;

        assertTrue(JsonObject.parse(bytes).isEmpty());
    }
}
