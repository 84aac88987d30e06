package dev.portcullis.gateway.api.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Instant;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ToolResultTest {
    @Test
    void dataIsBothContentAndDetails() {
        ToolResult result = ToolResult.of(Map.of("city", "Ulm"));

        assertEquals(Map.of("city", "Ulm"), result.details());
        assertEquals(ToolResult.Content.Kind.JSON, result.content().getFirst().kind());
        assertEquals(Map.of("city", "Ulm"), result.content().getFirst().value());
    }

    @Test
    void numbersOfAClassOfItsOwnBecomePlainOnes() {
        BigInteger huge = new BigInteger("123456789012345678901234567890") {
            @Override
            public String toString() {
                return "1, \"injected\": true";
            }

            @Override
            public String toString(int radix) {
                return toString();
            }

            @Override
            public BigInteger abs() {
                return this;
            }
        };
        BigDecimal price = new BigDecimal("1.5") {
            @Override
            public String toString() {
                return "1, \"injected\": true";
            }
        };

        Object details =
                ToolResult.of(List.of(huge, price, new BigDecimal(huge))).details();

        assertEquals("[123456789012345678901234567890, 1.5, 123456789012345678901234567890]", String.valueOf(details));
    }

    @Test
    void laterChangesOfTheValueDoNotReachTheResult() {
        List<Object> inner = new ArrayList<>(List.of("first"));
        Map<String, Object> value = new HashMap<>(Map.of("items", inner));
        ToolResult result = ToolResult.of(value);

        inner.add("second");
        value.put("more", true);

        assertEquals(Map.of("items", List.of("first")), result.details());
    }

    @Test
    void detailsCannotBeChangedByWhoReadsThem() {
        Map<?, ?> details = assertInstanceOf(
                Map.class, ToolResult.of(Map.of("items", new ArrayList<>())).details());

        assertThrows(UnsupportedOperationException.class, details::clear);
        assertThrows(
                UnsupportedOperationException.class,
                () -> assertInstanceOf(List.class, details.get("items")).remove("x"));
    }

    @Test
    void nullIsDataToo() {
        ToolResult result = ToolResult.of(null);

        assertTrue(result.hasDetails());
        assertNull(result.details());
        assertFalse(result.isNone());
    }

    @Test
    void nullInsideAListOrMapIsKept() {
        Map<String, Object> value = new HashMap<>();
        value.put("nothing", null);
        value.put("list", Arrays.asList("a", null));

        assertEquals(value, ToolResult.of(value).details());
    }

    @Test
    void numbersAreWidenedToFewTypes() {
        Object details = ToolResult.of(List.of(1, (short) 2, (byte) 3, 4L, 1.5f, 2.5, BigInteger.TEN))
                .details();

        assertEquals(List.of(1L, 2L, 3L, 4L, 1.5, 2.5, BigDecimal.TEN), details);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void numberWithoutJsonFormIsRefused(double number) {
        assertThrows(IllegalArgumentException.class, () -> ToolResult.of(Map.of("celsius", number)));
    }

    static Stream<Object> foreignTypes() {
        return Stream.of(
                Instant.EPOCH, URI.create("http://127.0.0.1"), new Object(), 'c', new int[0], Thread.State.NEW);
    }

    @ParameterizedTest
    @MethodSource("foreignTypes")
    void foreignTypeIsRefusedWithItsPlaceAndTypeButNotItsValue(Object foreign) {
        Map<String, Object> value = Map.of("list", List.of("ok", foreign));

        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> ToolResult.of(value));

        assertTrue(refused.getMessage().contains("$.list[1]"), refused.getMessage());
        assertTrue(refused.getMessage().contains(foreign.getClass().getName()), refused.getMessage());
    }

    @Test
    void keyThatIsNoStringIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> ToolResult.of(Map.of(1, "one")));
    }

    @Test
    void listThatContainsItselfIsRefused() {
        List<Object> cycle = new ArrayList<>();
        cycle.add(cycle);

        assertThrows(IllegalArgumentException.class, () -> ToolResult.of(cycle));
    }

    @Test
    void mapThatContainsItselfIsRefused() {
        Map<String, Object> cycle = new HashMap<>();
        cycle.put("self", Map.of("again", List.of(cycle)));

        assertThrows(IllegalArgumentException.class, () -> ToolResult.of(cycle));
    }

    @Test
    void valueThatAppearsTwiceIsNoCycle() {
        List<String> shared = List.of("a");

        assertEquals(
                List.of(shared, shared), ToolResult.of(List.of(shared, shared)).details());
    }

    /** A list with the same list in it twice, so many levels deep. */
    private static List<Object> doubled(int levels) {
        List<Object> value = List.of("leaf");
        for (int i = 0; i < levels; i++) {
            value = List.of(value, value);
        }
        return value;
    }

    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void whatIsSharedIsCopiedOnceHoweverOftenItIsMet() {
        Object details = ToolResult.of(doubled(400)).details();

        List<?> top = assertInstanceOf(List.class, details);
        assertSame(top.getFirst(), top.getLast());
    }

    @Test
    void smallValueThatSharesIsEqualToItsCopy() {
        assertEquals(doubled(12), ToolResult.of(doubled(12)).details());
    }

    @Test
    void sharedValuesCannotBuildWhatIsNestedTooDeeply() {
        List<Object> steps = new ArrayList<>();
        Object below = doubled(20);
        for (int step = 0; step < 3; step++) {
            for (int i = 0; i < 300; i++) {
                below = List.of(below);
            }
            steps.add(below);
        }

        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> ToolResult.of(steps));

        assertTrue(refused.getMessage().contains("nested deeper than"), refused.getMessage());
    }

    @Test
    void listThatPretendsToBeEndlessIsRefused() {
        List<String> endless = Collections.nCopies(Integer.MAX_VALUE, "x");

        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> ToolResult.of(endless));

        assertTrue(refused.getMessage().contains("more than 10000000 values"), refused.getMessage());
    }

    /** Each entry is one of its own, so that nothing is shared. */
    private static Iterator<Map.Entry<String, Object>> entriesWithoutAnEnd(LongFunction<Object> value) {
        return LongStream.iterate(0, i -> i + 1)
                .mapToObj(i -> Map.entry("k" + i, value.apply(i)))
                .iterator();
    }

    private static Map<String, Object> mapWithoutAnEnd(LongFunction<Object> value) {
        return new AbstractMap<>() {
            @Override
            public Set<Entry<String, Object>> entrySet() {
                return new AbstractSet<>() {
                    @Override
                    public Iterator<Entry<String, Object>> iterator() {
                        return entriesWithoutAnEnd(value);
                    }

                    @Override
                    public int size() {
                        return 3;
                    }
                };
            }
        };
    }

    @Test
    void mapThatNeverEndsIsRefusedLongBeforeItFillsTheHeap() {
        AtomicLong made = new AtomicLong();

        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class,
                () -> ToolResult.of(mapWithoutAnEnd(i -> {
                    made.incrementAndGet();
                    return "v" + i;
                })));

        assertTrue(refused.getMessage().contains("MiB of memory: too large"), refused.getMessage());
        long most = Math.clamp(Runtime.getRuntime().maxMemory() / 8, 32L << 20, 512L << 20);
        assertTrue(made.get() * 100 < most, made + " entries");
    }

    @Test
    void longTextsOfAMapThatNeverEndsCountByTheirLength() {
        AtomicLong made = new AtomicLong();

        assertThrows(
                IllegalArgumentException.class,
                () -> ToolResult.of(mapWithoutAnEnd(i -> {
                    made.incrementAndGet();
                    return "x".repeat(1 << 16);
                })));

        assertTrue(
                made.get() <= Math.clamp(Runtime.getRuntime().maxMemory() / 8, 32L << 20, 512L << 20) >> 16,
                made + " texts");
    }

    @Test
    void largeResultsPass() {
        List<Map<String, Object>> rows = LongStream.range(0, 20_000)
                .mapToObj(i -> Map.<String, Object>of("id", i, "name", "name " + i))
                .toList();

        assertEquals(rows, ToolResult.of(rows).details());
    }

    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void schemaThatSharesTooMuchIsRefused() {
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class, () -> InputSchema.of(Map.of("type", "object", "enum", doubled(40))));

        assertTrue(refused.getMessage().contains("more than 1000000 values"), refused.getMessage());
    }

    @Test
    void textHasNoDetails() {
        ToolResult result = ToolResult.text("hello");

        assertFalse(result.hasDetails());
        assertEquals("hello", result.content().getFirst().value());
    }

    @Test
    void noResultSaysNothing() {
        assertTrue(ToolResult.none().isNone());
        assertEquals(List.of(), ToolResult.none().content());
    }

    @Test
    void partsKeepTheirOrder() {
        ToolResult result = ToolResult.builder()
                .text("look")
                .image("AAAA", "image/png")
                .json(List.of(1))
                .build();

        assertEquals(
                List.of(ToolResult.Content.Kind.TEXT, ToolResult.Content.Kind.IMAGE, ToolResult.Content.Kind.JSON),
                result.content().stream().map(ToolResult.Content::kind).toList());
        assertEquals("image/png", result.content().get(1).mediaType());
    }

    @Test
    void builderUsedAgainDoesNotReachTheFinishedResult() {
        ToolResult.Builder builder = ToolResult.builder().text("one");
        ToolResult result = builder.build();

        builder.text("two");

        assertEquals(1, result.content().size());
    }

    @Test
    void printedResultShowsNothingOfItsValue() {
        assertEquals(
                "ToolResult[1 content parts, details]", ToolResult.of("s3cret").toString());
    }
}
