package dev.portcullis.gateway.runtime.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.api.tool.Arguments;
import dev.portcullis.gateway.api.tool.InputSchema;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsValidatorTest {
    private static final InputSchema SCHEMA = InputSchema.object()
            .requiredString("city")
            .optionalInteger("limit", 1, Long.MAX_VALUE, "")
            .optionalInteger("offset", 0, 500, "")
            .optionalNumber("score", "")
            .optionalBoolean("exact", "")
            .choice("status", List.of("complete", "blocked"), false, "")
            .property("tags", Map.of("type", "array", "items", Map.of("type", "integer"), "maxItems", 2), false)
            .property(
                    "job",
                    Map.of(
                            "type", "object",
                            "properties", Map.of("every", Map.of("type", "integer")),
                            "required", List.of("every")),
                    false);

    private static Arguments check(Map<String, Object> arguments) {
        return ArgumentsValidator.compile(SCHEMA.toMap()).check(arguments);
    }

    private static String refusal(Map<String, Object> arguments) {
        return assertThrows(InvalidArgumentsException.class, () -> check(arguments))
                .getMessage();
    }

    @Test
    void missingRequiredArgumentIsNamedInTheRecordedWords() {
        assertEquals("city required", refusal(Map.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "-1e999999999", "1e-999999999", "1e2000"})
    void textOfANumberThatCannotBeWrittenOutStaysAText(String text) {
        assertTrue(refusal(Map.of("city", "Oslo", "limit", text)).contains("limit"));
        assertTrue(refusal(Map.of("city", "Oslo", "score", text)).contains("score"));
    }

    @Test
    void nestedMissingArgumentIsNamedWithItsPath() {
        assertEquals("job.every required", refusal(Map.of("city", "Oslo", "job", Map.of())));
    }

    @Test
    void allProblemsAreReportedTogetherMissingOnesFirst() {
        assertEquals(
                "city required; limit must be a positive integer; exact must be true or false",
                refusal(Map.of("limit", 0L, "exact", "maybe")));
    }

    @ParameterizedTest
    @CsvSource({
        "limit, 0, limit must be a positive integer",
        "limit, 1.5, limit must be a positive integer",
        "limit, many, limit must be a positive integer",
        "offset, -1, offset must be a non-negative integer",
        "offset, 501, offset must be at most 500",
        "score, high, score must be a number",
        "status, open, 'status must be one of complete, blocked'"
    })
    void aWrongValueIsNamedAndNotRepeated(String name, String value, String message) {
        assertEquals(message, refusal(Map.of("city", "Oslo", name, value)));
    }

    @Test
    void itemsAreNamedByTheirIndex() {
        assertEquals("tags[1] must be an integer", refusal(Map.of("city", "Oslo", "tags", List.of("1", "b"))));
    }

    @Test
    void numericAndBooleanTextsAreCoercedWhereNothingIsLost() {
        Arguments arguments =
                check(Map.of("city", "7", "limit", " 2 ", "offset", 3.0, "score", "1.25", "exact", "TRUE"));

        assertEquals("7", arguments.string("city"));
        assertEquals(2, arguments.integer("limit"));
        assertEquals(3, arguments.integer("offset"));
        assertEquals(new BigDecimal("1.25"), arguments.number("score"));
        assertTrue(arguments.flag("exact"));
    }

    @Test
    void unknownArgumentsPassAnOpenSchema() {
        assertEquals("x", check(Map.of("city", "Oslo", "extra", "x")).string("extra"));
    }

    @Test
    void unknownArgumentsAreNamedByAClosedSchema() {
        ArgumentsValidator closed =
                ArgumentsValidator.compile(InputSchema.object().closed().toMap());

        InvalidArgumentsException refusal =
                assertThrows(InvalidArgumentsException.class, () -> closed.check(Map.of("extra", "s3cret")));

        assertEquals("extra is not a known argument", refusal.getMessage());
    }

    @Test
    void aSchemaThatIsNoneIsRefusedWithThePlace() {
        InvalidSchemaException refusal = assertThrows(
                InvalidSchemaException.class,
                () -> ArgumentsValidator.compile(Map.of("type", "object", "properties", Map.of("a", 5L))));

        assertTrue(refusal.getMessage().contains("/properties/a"), refusal.getMessage());
    }

    @Test
    void remoteReferencesAreNotFetched() {
        assertThrows(
                InvalidSchemaException.class,
                () -> ArgumentsValidator.compile(Map.of("type", "object", "$ref", "http://127.0.0.1:9/schema.json")));
    }
}
