package dev.portcullis.gateway.runtime.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ClassOutlineTest {
    private static byte[] some() throws IOException {
        try (InputStream in = ClassOutlineTest.class.getResourceAsStream("ClassOutlineTest.class")) {
            return in.readAllBytes();
        }
    }

    @Test
    void membersOfTypesThatNobodyAskedForAreLeftOut() throws IOException {
        ClassOutline outline = ClassOutline.of(some(), "java/io/InputStream"::equals);

        assertEquals(List.of("java/io/InputStream"), outline.types());
        assertEquals(
                List.of("close", "readAllBytes"),
                outline.members().stream()
                        .map(ClassOutline.Member::name)
                        .sorted()
                        .toList());
    }

    @Test
    void whatEndsTooEarlyIsNoClass() throws IOException {
        byte[] whole = some();
        byte[] outline = Arrays.copyOf(whole, whole.length - 2_000);

        for (int length = 0; length < outline.length; length += 7) {
            byte[] part = Arrays.copyOf(outline, length);
            assertThrows(IllegalArgumentException.class, () -> ClassOutline.of(part, type -> true), "at " + length);
        }
    }

    @Test
    void classOfALaterJavaIsNone() throws IOException {
        byte[] bytes = some();
        bytes[7] += 20;

        assertThrows(IllegalArgumentException.class, () -> ClassOutline.of(bytes, type -> true));
    }

    @Test
    void damageIsReadOrRefusedAndNothingElse() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] whole = some();
        int refused = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] damaged = whole.clone();
            damaged[8 + random.nextInt(whole.length - 8)] = (byte) (random.nextBoolean() ? 0xFF : random.nextInt(256));
            try {
                ClassOutline.of(damaged, type -> true);
            } catch (IllegalArgumentException e) {
                refused++;
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ", round " + round, e);
            }
        }
        assertTrue(refused > 0, "seed " + seed);
    }

    @Test
    void noBeginningOfACapabilityBeginsWithAnother() {
        // the nearest one is looked for, and would hide a shorter one
        for (String one : Capability.beginnings()) {
            assertEquals(
                    List.of(one),
                    Capability.beginnings().stream().filter(one::startsWith).toList());
        }
    }
}
