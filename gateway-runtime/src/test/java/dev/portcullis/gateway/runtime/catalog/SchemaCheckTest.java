package dev.portcullis.gateway.runtime.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Within its bounds it says what the library says, and it has bounds. */
class SchemaCheckTest {
    private static final List<String> TYPES =
            List.of("string", "integer", "number", "boolean", "object", "array", "null");
    private static final List<Object> SCALARS = Arrays.asList(
            "",
            "a",
            "ab",
            "aab",
            "\uD83D\uDE00",
            "\uD83D\uDE00b",
            0L,
            1L,
            2L,
            -1L,
            9_007_199_254_740_993L,
            Long.MAX_VALUE,
            1.0,
            1.5,
            0.1,
            1e300,
            new BigDecimal("1.50"),
            new BigDecimal("0.1234567890123456789"),
            new BigDecimal("99999999999999.985"),
            new BigDecimal("99999999999999.99"),
            new BigDecimal("9223372036854775808"),
            true,
            false,
            null);

    private static final Map<String, Object> FILTER = filter();

    private static Map<String, Object> filter() {
        Map<String, Object> again = Map.of("$ref", "#/$defs/f");
        List<Object> branches = new ArrayList<>();
        for (String word : List.of("and", "or", "not")) {
            branches.add(Map.of(
                    "type", "object",
                    "properties", Map.of("op", Map.of("const", word), "args", Map.of("type", "array", "items", again)),
                    "required", List.of("op", "args")));
        }
        branches.add(Map.of("type", "object", "required", List.of("field", "equals")));
        return Map.of(
                "type", "object",
                "properties", Map.of("filter", again),
                "$defs", Map.of("f", Map.of("oneOf", branches)));
    }

    private static Map<String, Object> nested(int depth) {
        Object inner = Map.of("field", "a", "equals", "b");
        for (int i = 0; i < depth; i++) {
            inner = Map.of("op", "and", "args", List.of(inner));
        }
        return Map.of("filter", inner);
    }

    private static Map<String, Object> matching(String pattern) {
        return Map.of("properties", Map.of("s", Map.of("type", "string", "pattern", pattern)));
    }

    @Test
    void whatItSaysIsWhatTheLibrarySays() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int fits = 0;
        int judged = 0;
        for (int i = 0; i < 300; i++) {
            Map<String, Object> schema = schema(random, 2);
            SchemaCheck check = SchemaCheck.of(schema);
            Schema library = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(PlainJson.tree(schema));
            for (int j = 0; j < 30; j++) {
                Map<String, Object> value = object(random, 2);
                List<Error> found = check.errors(value);
                judged++;
                fits += found.isEmpty() ? 1 : 0;
                assertEquals(
                        texts(library.validate(PlainJson.tree(value))),
                        texts(found),
                        () -> "seed " + seed + ": " + schema + " and " + value);
            }
        }
        assertTrue(fits > judged / 50 && fits < judged * 9 / 10, fits + " of " + judged + " fit, seed " + seed);
    }

    private static List<String> texts(List<Error> errors) {
        return errors.stream()
                .map(error -> error.getInstanceLocation() + " " + error.getEvaluationPath() + " " + error.getKeyword()
                        + " " + error.getProperty())
                .sorted()
                .toList();
    }

    @Test
    void decimalsAreJudgedWithAllTheirDigits() {
        SchemaCheck check = SchemaCheck.of(Map.of(
                "properties", Map.of("a", Map.of("type", "number", "maximum", new BigDecimal("99999999999999.985")))));

        assertFalse(
                check.errors(Map.of("a", new BigDecimal("99999999999999.99"))).isEmpty());
        assertTrue(
                check.errors(Map.of("a", new BigDecimal("99999999999999.98"))).isEmpty());
    }

    @Test
    void wholeNumbersBeyondLongAreJudgedByTheirValue() {
        SchemaCheck check =
                SchemaCheck.of(Map.of("properties", Map.of("a", Map.of("type", "integer", "maximum", 100L))));

        assertFalse(check.errors(Map.of("a", new BigDecimal("99999999999999999999")))
                .isEmpty());
        assertFalse(check.errors(Map.of("a", new BigDecimal("99999999999999999999.0")))
                .isEmpty());
        assertFalse(check.errors(Map.of("a", 1e20)).isEmpty());
        assertTrue(check.errors(Map.of("a", 1e1)).isEmpty());
    }

    @Test
    void unionThatComesBackToItselfEndsAtItsStepsAndSaysSo() {
        SchemaCheck check = SchemaCheck.of(FILTER);

        assertTrue(check.errors(nested(4)).isEmpty());
        assertTrue(assertThrows(InvalidArgumentsException.class, () -> check.errors(nested(40)))
                .getMessage()
                .contains("200000 steps"));
    }

    @Test
    void expressionThatBacktracksEndsAtItsReadsAndSaysSo() {
        SchemaCheck check = SchemaCheck.of(matching("^(.*?,){25}P"));
        String numbers = IntStream.rangeClosed(1, 33).mapToObj(String::valueOf).collect(Collectors.joining(","));

        assertTrue(assertThrows(InvalidArgumentsException.class, () -> check.errors(Map.of("s", numbers)))
                .getMessage()
                .contains("regular expression"));
    }

    @Test
    void expressionThatRecursesTooDeepIsAnswered() {
        SchemaCheck check = SchemaCheck.of(matching("^(?:a|b)*c$"));

        assertThrows(InvalidArgumentsException.class, () -> check.errors(Map.of("s", "ab".repeat(500_000))));
    }

    @Test
    void allExpressionsOfACheckShareABudget() {
        SchemaCheck check = SchemaCheck.of(Map.of(
                "properties", Map.of("s", Map.of("type", "array", "items", Map.of("pattern", "^(.*?,){3}P")))));
        List<String> many = Collections.nCopies(40, "1,".repeat(150));

        assertThrows(InvalidArgumentsException.class, () -> check.errors(Map.of("s", many)));
    }

    @Test
    void itemsThatShareAHashCodeAreNotComparedEachWithEach() {
        SchemaCheck check = SchemaCheck.of(Map.of("properties", Map.of("s", Map.of("uniqueItems", true))));
        List<Object> texts = IntStream.range(0, 1 << 14)
                .<Object>mapToObj(i -> IntStream.range(0, 14)
                        .mapToObj(bit -> (i >> bit & 1) == 0 ? "Aa" : "BB")
                        .collect(Collectors.joining()))
                .toList();
        List<Object> numbers = IntStream.range(0, 1 << 14)
                .<Object>mapToObj(i -> ((long) i << 32) | i)
                .toList();

        assertThrows(InvalidArgumentsException.class, () -> check.errors(Map.of("s", texts)));
        assertThrows(InvalidArgumentsException.class, () -> check.errors(Map.of("s", numbers)));
        assertEquals(
                List.of(),
                check.errors(Map.of("s", IntStream.range(0, 50_000).boxed().toList())));
    }

    @Test
    void interruptEndsACheck() {
        SchemaCheck check = SchemaCheck.of(FILTER);
        Thread.currentThread().interrupt();
        try {
            assertThrows(CheckInterruptedException.class, () -> check.errors(nested(12)));
        } finally {
            assertTrue(Thread.interrupted());
        }
    }

    @Test
    void interruptWhileASchemaIsCompiledSaysNothingAboutTheSchema() {
        ArgumentsValidator validator = ArgumentsValidator.trusting(FILTER);
        Thread.currentThread().interrupt();
        try {
            assertThrows(CheckInterruptedException.class, () -> validator.check(nested(2)));
        } finally {
            assertTrue(Thread.interrupted());
        }

        validator.check(nested(2));
    }

    @Test
    void interruptEndsAnExpression() {
        SchemaCheck check = SchemaCheck.of(matching("^(.*?,){25}P"));
        Thread.currentThread().interrupt();
        try {
            assertThrows(CheckInterruptedException.class, () -> check.errors(Map.of("s", "1,".repeat(40))));
        } finally {
            assertTrue(Thread.interrupted());
        }
    }

    @Test
    void errorsOfManyItemsAreFew() {
        SchemaCheck check = SchemaCheck.of(Map.of(
                "properties", Map.of("s", Map.of("items", Map.of("anyOf", List.of(false, false))))));

        assertTrue(check.errors(Map.of("s", Collections.nCopies(20_000, 1L))).size() <= 100);
    }

    @Test
    void expressionThatIsNoneIsNamedOnOneLine() {
        String message = assertThrows(
                        InvalidSchemaException.class, () -> ArgumentsValidator.compile(matching("^[a\n-z{2$")))
                .getMessage();

        assertTrue(message.contains("properties.s.pattern"), message);
        assertEquals(1, message.lines().count(), message);
    }

    private static Map<String, Object> schema(Random random, int depth) {
        Map<String, Object> schema = new LinkedHashMap<>();
        if (random.nextInt(3) > 0) {
            schema.put(
                    "type",
                    random.nextBoolean()
                            ? TYPES.get(random.nextInt(TYPES.size()))
                            : TYPES.subList(random.nextInt(3), 3 + random.nextInt(4)));
        }
        if (depth > 0 && random.nextBoolean()) {
            Map<String, Object> properties = new LinkedHashMap<>();
            for (String name : List.of("a", "b")) {
                properties.put(name, schema(random, depth - 1));
            }
            schema.put("properties", properties);
        }
        switch (random.nextInt(16)) {
            case 0 -> schema.put("required", List.of("a"));
            case 1 -> schema.put("additionalProperties", random.nextBoolean());
            case 2 -> schema.put("minimum", number(random));
            case 3 -> schema.put("maximum", number(random));
            case 4 -> schema.put("exclusiveMinimum", number(random));
            case 5 -> schema.put("multipleOf", random.nextBoolean() ? 2L : new BigDecimal("0.005"));
            case 6 -> schema.put("enum", random.nextBoolean() ? List.of("a", 1L) : List.of(1.5, true));
            case 7 -> schema.put("const", SCALARS.get(random.nextInt(SCALARS.size() - 1)));
            case 8 -> schema.put("maxLength", 1L);
            case 9 -> schema.put("minItems", 1L);
            case 10 -> schema.put("uniqueItems", true);
            case 11 -> schema.put("pattern", "^a+b$");
            case 12 -> schema.put("items", depth > 0 ? schema(random, depth - 1) : true);
            case 13 -> schema.put("unevaluatedProperties", false);
            case 14 ->
                schema.put(
                        random.nextBoolean() ? "anyOf" : "oneOf",
                        depth > 0
                                ? List.of(schema(random, depth - 1), schema(random, depth - 1))
                                : List.of(true, false));
            default -> schema.put("propertyNames", Map.of("maxLength", 1L));
        }
        return schema;
    }

    private static Object number(Random random) {
        List<Object> numbers =
                List.of(0L, 1L, 2L, 1.5, Long.MAX_VALUE, new BigDecimal("99999999999999.985"), new BigDecimal("1.49"));
        return numbers.get(random.nextInt(numbers.size()));
    }

    private static Map<String, Object> object(Random random, int depth) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (String name : List.of("a", "b", "cc")) {
            if (random.nextInt(3) > 0) {
                object.put(name, value(random, depth));
            }
        }
        return object;
    }

    private static Object value(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 1 : 3)) {
            case 0 -> SCALARS.get(random.nextInt(SCALARS.size()));
            case 1 -> object(random, depth - 1);
            default -> {
                List<Object> list = new ArrayList<>();
                for (int i = random.nextInt(3); i > 0; i--) {
                    list.add(value(random, depth - 1));
                }
                yield list;
            }
        };
    }
}
