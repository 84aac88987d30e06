package dev.portcullis.sample.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.portcullis.gateway.api.plugin.PluginConfig;
import dev.portcullis.gateway.api.plugin.PluginContext;
import dev.portcullis.gateway.api.plugin.PluginException;
import dev.portcullis.gateway.api.policy.PolicyAnswer;
import dev.portcullis.gateway.api.policy.PolicyContext;
import dev.portcullis.gateway.api.policy.PolicySource;
import dev.portcullis.gateway.api.policy.ToolPolicy;
import dev.portcullis.gateway.testkit.Answer;
import dev.portcullis.gateway.testkit.TestGateway;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedHoursTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private Instant now = Instant.EPOCH;

    // 2026-11-16 is a Monday
    @ParameterizedTest
    @CsvSource({
        "Mon-Fri 09:00-17:00, 2026-11-16T08:59:59, false",
        "Mon-Fri 09:00-17:00, 2026-11-16T09:00:00, true",
        "Mon-Fri 09:00-17:00, 2026-11-16T16:59:59, true",
        "Mon-Fri 09:00-17:00, 2026-11-16T17:00:00, false",
        "Mon-Fri 09:00-17:00, 2026-11-21T12:00:00, false",
        "'Sat,Sun 10:00-12:00', 2026-11-21T10:30:00, true",
        "Fri-Mon 10:00-12:00, 2026-11-22T10:30:00, true",
        "Fri-Mon 10:00-12:00, 2026-11-18T10:30:00, false",
        "monday 10:00-12:00, 2026-11-16T10:30:00, true",
        "22:00-05:00, 2026-11-16T23:00:00, true",
        "22:00-05:00, 2026-11-16T04:59:00, true",
        "22:00-05:00, 2026-11-16T05:00:00, false",
        "Mon 22:00-05:00, 2026-11-17T04:00:00, true",
        "Mon 22:00-05:00, 2026-11-16T04:00:00, false",
        "Mon 20:00-24:00, 2026-11-16T23:59:59, true",
        "Mon 20:00-24:00, 2026-11-17T00:00:00, false",
        "00:00-24:00, 2026-11-17T00:00:00, true",
    })
    void aToolIsOpenWithinItsHours(String window, String local, boolean open) {
        PolicyAnswer answer = at(local, source(Map.of("deploy_*", List.of(window))));

        assertEquals(open, answer.policies().isEmpty());
    }

    @Test
    void aClosedToolIsDeniedByALabelThatSaysWhenItOpens() {
        ToolPolicy policy = at("2026-11-16T08:00:00", source(Map.of("deploy_*", List.of("09:00-12:00", "14:00-17:00"))))
                .policies()
                .getFirst();

        assertEquals(List.of("deploy_*"), policy.deny());
        assertEquals(Optional.empty(), policy.allow());
        assertEquals("tools.deploy_* open 09:00-12:00, 14:00-17:00", policy.label());
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-16T08:00:00, PT1H",
        "2026-11-16T09:00:00, PT8H",
        "2026-11-16T17:00:00, PT16H",
        "2026-11-20T17:00:00, PT64H",
    })
    void theAnswerHoldsUntilTheNextOpeningOrClosing(String local, Duration duration) {
        PolicyAnswer answer = at(local, source(Map.of("deploy", List.of("Mon-Fri 09:00-17:00"))));

        assertEquals(Optional.of(duration), answer.validity().duration());
    }

    @Test
    void theNearestOfSeveralChangesCounts() {
        PolicyAnswer answer = at(
                "2026-11-16T08:00:00",
                source(Map.of("deploy", List.of("09:00-17:00"), "backup", List.of("22:00-08:10"))));

        assertEquals(Optional.of(Duration.ofMinutes(10)), answer.validity().duration());
    }

    @Test
    void aClosedToolCannotBeCalledAndTheLogSaysWhenItOpens() {
        now = LocalDateTime.parse("2026-11-16T08:00:00").atZone(BERLIN).toInstant();
        try (TestGateway gateway = TestGateway.with(new AllowedHours(() -> now))
                .config(
                        "allowed-hours",
                        Map.of("zone", "Europe/Berlin", "tools", Map.of("deploy_*", List.of("09:00-17:00"))))
                .tool("deploy_web")
                .tool("look")
                .start()) {
            Answer early = gateway.invoke("deploy_web");

            assertEquals(404, early.status());
            assertEquals(Optional.of("plugins.allowed-hours:tools.deploy_* open 09:00-17:00"), early.deniedBy());
            assertEquals(200, gateway.invoke("look").status());
        }
    }

    @Test
    void aToolWithoutHoursIsNeverOpen() {
        PolicyAnswer answer = at("2026-11-16T08:00:00", source(Map.of("deploy", List.of())));

        assertEquals("tools.deploy open never", answer.policies().getFirst().label());
        assertEquals(Optional.empty(), answer.validity().duration());
    }

    @Test
    void withoutToolsThereIsNothingToSay() {
        assertEquals(List.of(), at("2026-11-16T08:00:00", source(Map.of())).policies());
    }

    @Test
    void theChangeOfClocksMovesTheBoundary() {
        // the night of 29 March 2026 has no hour from two to three
        PolicyAnswer answer = at("2026-03-29T01:00:00", source(Map.of("deploy", List.of("00:00-06:00"))));

        assertEquals(Optional.of(Duration.ofHours(4)), answer.validity().duration());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "9:00-17:00",
                "09:00",
                "25:00-26:00",
                "09:00-09:00",
                "Mon-Fri",
                "Foo 09:00-17:00",
                "Mon- 09:00-10:00"
            })
    void whatIsNoWindowStopsTheStart(String window) {
        PluginException refused = assertThrows(PluginException.class, () -> source(Map.of("deploy", List.of(window))));

        assertTrue(
                refused.getMessage().startsWith("plugins.entries.allowed-hours.config.tools.\"deploy\": "),
                refused.getMessage());
    }

    @Test
    void allProblemsAreReportedTogether() {
        PluginException refused = assertThrows(
                PluginException.class,
                () -> source("Europe/Berln", Map.of("deploy", List.of("never", "09:00-17:00", "Foo 09:00-10:00"))));

        assertEquals(3, refused.getMessage().lines().count(), refused.getMessage());
        assertTrue(refused.getMessage().contains("zone: \"Europe/Berln\""), refused.getMessage());
    }

    private PolicyAnswer at(String local, PolicySource source) {
        now = LocalDateTime.parse(local).atZone(BERLIN).toInstant();
        try {
            return source.policies(mock(PolicyContext.class));
        } catch (Exception unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    private PolicySource source(Map<String, List<String>> tools) {
        return source("Europe/Berlin", tools);
    }

    private PolicySource source(String zone, Map<String, List<String>> tools) {
        PluginConfig block = mock(PluginConfig.class);
        when(block.keys()).thenReturn(tools.keySet());
        tools.forEach((tool, windows) -> when(block.strings(tool)).thenReturn(Optional.of(windows)));
        PluginConfig config = mock(PluginConfig.class);
        when(config.string("zone")).thenReturn(Optional.of(zone));
        when(config.block("tools")).thenReturn(block);
        PluginContext context = mock(PluginContext.class);
        when(context.config()).thenReturn(config);
        return new AllowedHours(() -> now).create(context);
    }
}
