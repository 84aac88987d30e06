package dev.portcullis.gateway.runtime.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** What steers a terminal is an escape in files and on terminals, and means the same. */
class UnprintableTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @ParameterizedTest
    @ValueSource(
            chars = {
                0x7F, 0x80, 0x85, 0x9B, 0x9F, 0x061C, 0x200E, 0x200F, 0x2028, 0x2029, 0x202A, 0x202E, 0x2060, 0x2066,
                0x2069, 0xFEFF
            })
    void isEscapedInWhatIsForFilesAndTerminals(char c) {
        String text = "é" + c + "\"😀";
        String expected = String.format("\"é\\u%04X\\\"😀\"", (int) c);

        assertEquals(expected, file(text));
        assertEquals(expected, Unprintable.escaped(JSON.writeValueAsString(text)));
        assertEquals(text, JSON.readValue(expected, String.class));
    }

    @Test
    void allOtherTextStaysAsItIs() {
        String json = "{\"a\":\"\\u0007 ä\u00a0😀\u200d\"}";

        assertSame(json, Unprintable.escaped(json));
        assertEquals("\"ä\u00a0😀\u200d\"", file("ä\u00a0😀\u200d"));
    }

    @Test
    void controlCharactersAreEscapedInBoth() {
        assertEquals("\"\\u001B\\n\"", file("\u001b\n"));
        assertEquals("\"\\u001B\\n\u009b\"", text(new JsonBytes(0, 16).string("\u001b\n\u009b")));
    }

    @Test
    void jsonInsideOfAStringIsEscapedOnceMore() {
        assertEquals("\"\\\"\\\\u009B\\\"\"", text(JsonBytes.printable(16).prettyString("\u009b")));
    }

    private static String file(String text) {
        return text(JsonBytes.printable(1).string(text));
    }

    private static String text(JsonBytes json) {
        return new String(json.toByteArray(), StandardCharsets.UTF_8);
    }
}
