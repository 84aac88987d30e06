package dev.portcullis.gateway.runtime.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.gateway.runtime.json.JsonBytes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditLineTest {
    private static String written(Consumer<JsonBytes> what) {
        JsonBytes json = new JsonBytes(0, 16);
        what.accept(json);
        return new String(json.toByteArray(), StandardCharsets.UTF_8);
    }

    @Test
    void timesAreThoseOfTheStandardLibrary() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            int nanos = random.nextInt(1_000) * new int[] {0, 1, 1_000, 1_000_000}[random.nextInt(4)];
            Instant time = Instant.ofEpochSecond(1_700_000_000L + random.nextInt(1 + i), nanos);

            assertEquals(time.toString(), written(json -> AuditLine.time(time, json)), () -> "seed " + seed);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.0",
        "499, 0.0",
        "500, 0.001",
        "1234567, 1.235",
        "1200000, 1.2",
        "1250000, 1.25",
        "7000, 0.007",
        "70000, 0.07",
        "5000000, 5.0",
        "61000000000, 61000.0"
    })
    void durationsAreThousandthsOfAMillisecond(long nanos, String text) {
        assertEquals(text, written(json -> AuditLine.millis(nanos, json)));
    }
}
