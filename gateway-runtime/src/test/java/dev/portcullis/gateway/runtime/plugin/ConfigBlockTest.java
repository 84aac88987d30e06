package dev.portcullis.gateway.runtime.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.api.plugin.PluginException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

final class ConfigBlockTest {
    private static final Path FOLDER = Path.of("/etc/portcullis");

    private static ConfigBlock block(Object... pairs) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            values.put((String) pairs[i], pairs[i + 1]);
        }
        return new ConfigBlock("plugins.entries.a.config", values, FOLDER);
    }

    private static String refusal(Executable call) {
        return assertThrows(PluginException.class, call).getMessage();
    }

    @Test
    void absentKeysAreEmpty() {
        ConfigBlock block = block("nothing", null);

        assertEquals(Optional.empty(), block.string("a"));
        assertEquals(Optional.empty(), block.string("nothing"));
        assertEquals(Optional.empty(), block.integer("a"));
        assertEquals(Optional.empty(), block.flag("a"));
        assertEquals(Optional.empty(), block.uri("a"));
        assertEquals(Optional.empty(), block.path("a"));
        assertEquals(Optional.empty(), block.duration("a"));
        assertEquals(Optional.empty(), block.strings("a"));
        assertTrue(block.block("a").keys().isEmpty());
    }

    @Test
    void numbersKeepTheirDigits() {
        BigDecimal exact = new BigDecimal("12345678901.12345678901");

        assertEquals(Map.of("n", exact), block("n", exact).asMap());
        assertEquals(
                Optional.of(9007199254740993L),
                block("n", new BigDecimal("9007199254740993.0")).integer("n"));
    }

    @Test
    void valuesComeInTheirTypes() {
        ConfigBlock block = block(
                "text",
                "x",
                "number",
                5L,
                "whole",
                5.0,
                "flag",
                true,
                "uri",
                "http://127.0.0.1:9090",
                "path",
                "keys/a",
                "absolute",
                "/var/a",
                "list",
                List.of("a", "b"),
                "block",
                Map.of("inner", "y"));

        assertEquals(Optional.of("x"), block.string("text"));
        assertEquals(Optional.of(5L), block.integer("number"));
        assertEquals(Optional.of(5L), block.integer("whole"));
        assertEquals(Optional.of(true), block.flag("flag"));
        assertEquals(Optional.of(URI.create("http://127.0.0.1:9090")), block.uri("uri"));
        assertEquals(Optional.of(FOLDER.resolve("keys/a")), block.path("path"));
        assertEquals(Optional.of(Path.of("/var/a")), block.path("absolute"));
        assertEquals(Optional.of(List.of("a", "b")), block.strings("list"));
        assertEquals(Optional.of("y"), block.block("block").string("inner"));
        assertEquals(List.of(), block.unused());
    }

    @Test
    void environmentVariablesMayBeNumbersAndFlags() {
        ConfigBlock block = block("port", "8080", "on", "TRUE");

        assertEquals(Optional.of(8080L), block.integer("port"));
        assertEquals(Optional.of(true), block.flag("on"));
    }

    @Test
    void durationsHaveUnits() {
        Map<Object, Duration> expected = Map.of(
                500L,
                Duration.ofMillis(500),
                "250 ms",
                Duration.ofMillis(250),
                "30s",
                Duration.ofSeconds(30),
                "5 minutes",
                Duration.ofMinutes(5),
                "1.5h",
                Duration.ofMinutes(90),
                "2 days",
                Duration.ofDays(2),
                "10 us",
                Duration.ofNanos(10_000));
        expected.forEach((text, duration) ->
                assertEquals(Optional.of(duration), block("d", text).duration("d"), text::toString));
    }

    @Test
    void strangeDurationsAreRefused() {
        for (Object text : List.of("soon", "5 parsecs", "-5s", "", "999999999999999 days", true)) {
            assertTrue(refusal(() -> block("d", text).duration("d")).contains("must be a duration"), text::toString);
        }
    }

    @Test
    void wrongTypeNamesPathAndValue() {
        assertEquals(
                "plugins.entries.a.config.port must be a whole number, but is a text that does not fit",
                refusal(() -> block("port", "many").integer("port")));
        assertEquals(
                "plugins.entries.a.config.inner.on must be true or false, but is a number that does not fit",
                refusal(() -> block("inner", Map.of("on", 3L)).block("inner").flag("on")));
        assertTrue(refusal(() -> block("n", 1.5).integer("n")).contains("but is a number that does not fit"));
        assertTrue(refusal(() -> block("s", 1L).string("s")).contains("must be a text"));
        assertTrue(refusal(() -> block("u", "relative").uri("u")).contains("must be an absolute address"));
        assertTrue(refusal(() -> block("l", List.of(1L)).strings("l")).contains("must be a list of texts"));
        assertTrue(refusal(() -> block("b", "x").block("b")).contains("must be a block"));
    }

    @Test
    void missingTextIsRefused() {
        assertTrue(refusal(() -> block().requiredString("a")).contains("plugins.entries.a.config.a is missing"));
        assertTrue(refusal(() -> block("a", " ").requiredString("a")).contains("missing or blank"));
    }

    @Test
    void secretsDoNotPrint() {
        assertFalse(refusal(() -> block("apiKey", "s3cret").integer("apiKey")).contains("s3cret"));
        assertFalse(block("token", "s3cret").toString().contains("s3cret"));
    }

    @Test
    void wholeBlockCountsAsAskedFor() {
        ConfigBlock block = block("a", Map.of("b", 1L), "c", 2L);
        block.block("a");

        assertEquals(2, block.asMap().size());
        assertEquals(List.of(), block.unused());
    }

    @Test
    void keysThatNobodyAskedForAreUnused() {
        ConfigBlock block = block("a", 1L, "b", Map.of("c", 1L));
        block.block("b");

        assertEquals(List.of("plugins.entries.a.config.a", "plugins.entries.a.config.b.c"), block.unused());
    }
}
