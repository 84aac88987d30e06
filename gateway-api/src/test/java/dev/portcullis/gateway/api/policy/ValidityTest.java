package dev.portcullis.gateway.api.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValidityTest {
    @Test
    void thisCallLastsNoTime() {
        assertEquals(Optional.of(Duration.ZERO), Validity.thisCall().duration());
    }

    @Test
    void untilReloadHasNoEnd() {
        assertEquals(Optional.empty(), Validity.untilReload().duration());
    }

    @Test
    void aDurationIsKept() {
        assertEquals(
                Optional.of(Duration.ofMinutes(5)),
                Validity.lasting(Duration.ofMinutes(5)).duration());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1})
    void durationThatIsNotPositiveIsRefused(long millis) {
        assertThrows(IllegalArgumentException.class, () -> Validity.lasting(Duration.ofMillis(millis)));
    }
}
