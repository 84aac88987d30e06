package dev.portcullis.gateway.runtime.invoke;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultTextTest {
    private static final Map<String, Object> ARGUMENTS = Map.of(
            "password",
            "Hunter2-Correct-Horse",
            "pin",
            "417",
            "count",
            98_765L,
            "nested",
            Map.of("inner-secret-name", List.of("deep-value-here")));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wrong password Hunter2-Correct-Horse",
                "unexpected 'Correct-Horse'",
                "HUNTER2-CORRECT-HORSE is not known",
                "expected a number, got: Hunter2-Cor...",
                "pin 417 refused",
                "count 98765 is too much",
                "no deep-value-here in inner-secret-name"
            })
    void messageNeverShowsWhatTheCallerSent(String message) {
        String text = FaultText.of(new IllegalStateException(message), ARGUMENTS);

        String lower = text.lines().findFirst().orElseThrow().toLowerCase(java.util.Locale.ROOT);
        for (String sent : List.of("hunter2", "correct", "horse", "417", "98765", "deep-value", "inner-secret")) {
            assertFalse(lower.contains(sent), text);
        }
    }

    @Test
    void causesAreCleanedToo() {
        String text = FaultText.of(
                new IllegalStateException("outer", new IllegalArgumentException("for Hunter2-Correct-Horse")),
                ARGUMENTS);

        assertFalse(text.contains("Hunter2"), text);
        assertTrue(text.contains("Caused by: java.lang.IllegalArgumentException: for [argument]"), text);
    }

    @Test
    void whatDidNotComeFromTheCallerIsShown() {
        String text = FaultText.of(new IllegalStateException("Connection refused: 10.0.0.1:5432"), ARGUMENTS);

        assertTrue(text.startsWith("java.lang.IllegalStateException: Connection refused: 10.0.0.1:5432\n\tat "), text);
    }

    @Test
    void messageIsOneLine() {
        String text = FaultText.of(new IllegalStateException("a\r\n05:00 INFO forged"), Map.of());

        assertEquals(
                "java.lang.IllegalStateException: a 05:00 INFO forged",
                text.lines().findFirst().orElseThrow());
    }

    @Test
    void causesInACircleEnd() {
        IllegalStateException first = new IllegalStateException("first");
        first.initCause(new IllegalStateException("second", first));

        assertTrue(FaultText.of(first, Map.of()).contains("second"));
    }
}
