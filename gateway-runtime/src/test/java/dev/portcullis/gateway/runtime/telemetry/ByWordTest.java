package dev.portcullis.gateway.runtime.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ByWordTest {
    @Test
    void wordsBeyondTheBoundShareAMeter() {
        List<String> made = new ArrayList<>();
        ByWord<String> meters = new ByWord<>(2, word -> {
            made.add(word);
            return word;
        });

        meters.of("a");
        meters.of("b");
        String third = meters.of("c");
        String fourth = meters.of("d");

        assertEquals(List.of("a", "b", ByWord.OTHER), made);
        assertSame(third, fourth);
        assertEquals("a", meters.of("a"));
    }
}
