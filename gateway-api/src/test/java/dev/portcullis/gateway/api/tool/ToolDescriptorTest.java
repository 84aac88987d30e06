package dev.portcullis.gateway.api.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToolDescriptorTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "weather_now", "sessions-list", "b2b"})
    void plainNameIsTaken(String name) {
        assertEquals(name, ToolDescriptor.named(name).build().name());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "Weather", "2fast", "_x", "-x", "a b", "a.b", "a/b", "grün", "a\n", "exec*"})
    void otherNameIsRefusedAndQuoted(String name) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> ToolDescriptor.named(name));

        assertTrue(refused.getMessage().contains("\"" + name + "\""), refused.getMessage());
    }

    @Test
    void longestNameHas64Characters() {
        assertEquals(64, ToolDescriptor.named("a".repeat(64)).build().name().length());
        assertThrows(IllegalArgumentException.class, () -> ToolDescriptor.named("a".repeat(65)));
    }

    @Test
    void unsaidThingsAreTheUsualOnes() {
        ToolDescriptor descriptor = ToolDescriptor.named("now").build();

        assertEquals("", descriptor.description());
        assertEquals(InputSchema.object(), descriptor.input());
        assertEquals(Optional.empty(), descriptor.timeout());
        assertFalse(descriptor.platformThread());
    }

    @Test
    void saidThingsAreKept() {
        InputSchema schema = InputSchema.object().requiredString("city");

        ToolDescriptor descriptor = ToolDescriptor.named("now")
                .description("The weather")
                .input(schema)
                .timeout(Duration.ofSeconds(3))
                .onPlatformThread()
                .build();

        assertEquals("The weather", descriptor.description());
        assertEquals(schema, descriptor.input());
        assertEquals(Optional.of(Duration.ofSeconds(3)), descriptor.timeout());
        assertTrue(descriptor.platformThread());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1})
    void timeoutThatIsNotPositiveIsRefused(long seconds) {
        ToolDescriptor.Builder builder = ToolDescriptor.named("now");

        assertThrows(IllegalArgumentException.class, () -> builder.timeout(Duration.ofSeconds(seconds)));
    }
}
