package dev.portcullis.gateway.runtime.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a plugin logs on the thread of a call has no argument of it that can be recognised. */
class ArgumentRedactionTest {
    private static final String ARGUMENT = "Grüße an alle/4711";
    private static final Map<String, Object> ARGUMENTS =
            Map.of("text", ARGUMENT, "list", List.of("item-one", 815L), "inner", Map.of("chosen-name", true));

    @Test
    void argumentsAreTakenOutInFullInPartAndInTheUsualEncodings() {
        byte[] bytes = ARGUMENT.getBytes(StandardCharsets.UTF_8);
        for (String logged : List.of(
                ARGUMENT,
                ARGUMENT.substring(3),
                "GRÜSSE AN ALLE/4711",
                Base64.getEncoder().encodeToString(bytes),
                Base64.getUrlEncoder().withoutPadding().encodeToString(bytes),
                HexFormat.of().formatHex(bytes),
                HexFormat.of().withUpperCase().formatHex(bytes),
                java.net.URLEncoder.encode(ARGUMENT, StandardCharsets.UTF_8),
                new StringBuilder(ARGUMENT).reverse().toString(),
                "item-one",
                "815",
                "chosen-name")) {
            String shown = ArgumentRedaction.inEntry("before " + logged + " after", List.of(ARGUMENTS));

            assertTrue(shown.startsWith("before ") && shown.endsWith(" after"), shown);
            assertTrue(shown.contains("[argument]"), logged + ": " + shown);
            assertFalse(shown.contains(logged), shown);
        }
    }

    @Test
    void linesOfAnEntryStayAndOtherTextToo() {
        assertEquals(
                "first line\n\tsecond: [argument]",
                ArgumentRedaction.inEntry("first line\n\tsecond: item-one", List.of(ARGUMENTS)));
    }

    @Test
    void argumentsOfTheToolThatAskedForThisOneAreTakenOutToo() {
        CallArguments outermost = CallArguments.enter(Map.of("a", "outer-value"));
        CallArguments outer = CallArguments.enter(Map.of("b", "inner-value"));
        try {
            assertEquals("[argument] and [argument]", CallArguments.takenOutOf("outer-value and inner-value"));
        } finally {
            CallArguments.leave(outer);
        }
        assertEquals("[argument] and inner", CallArguments.takenOutOf("outer-value and inner"));
        CallArguments.leave(outermost);
        assertEquals("outer-value", CallArguments.takenOutOf("outer-value"));
    }

    @Test
    void largeArgumentsAreLookedForAsTheyAre() {
        String large = "abc def ".repeat(200_000) + "_needle-in-it";

        assertEquals(
                "found [argument]", ArgumentRedaction.inEntry("found needle-in-it", List.of(Map.of("text", large))));
    }
}
