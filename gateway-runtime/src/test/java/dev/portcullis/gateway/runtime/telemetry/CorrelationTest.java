package dev.portcullis.gateway.runtime.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CorrelationTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";
    private static final String PARENT = "00-" + TRACE + "-" + SPAN + "-01";

    @ParameterizedTest
    @CsvSource({
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01, true",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00, false",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-03, true",
        "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-what-comes-later, true"
    })
    void traceOfTheCallerIsKept(String header, boolean sampled) {
        assertEquals(new Correlation("A-1", TRACE, SPAN, sampled), Correlation.of("A-1", List.of(header)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01",
            })
    void malformedHeaderIsIgnored(String header) {
        assertEquals(new Correlation("A-1", null, null, false), Correlation.of("A-1", List.of(header)));
    }

    @Test
    void twoHeadersAreNone() {
        assertNull(Correlation.of("A-1", List.of(PARENT, PARENT)).trace());
    }

    @Test
    void invocationThatAToolAskedForIsOfTheSameTrace() {
        Correlation before = Correlation.enter(Correlation.of("A-1", List.of(PARENT)));
        try {
            assertEquals(new Correlation("A-2", TRACE, SPAN, true), Correlation.nested("A-2"));
        } finally {
            Correlation.enter(before);
        }
    }
}
