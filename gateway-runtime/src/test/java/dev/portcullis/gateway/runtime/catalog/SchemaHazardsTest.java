package dev.portcullis.gateway.runtime.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaHazardsTest {
    private static List<String> hazards(Map<String, Object> property) {
        return SchemaHazards.of(Map.of("properties", Map.of("s", property)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "^(a+)+$",
                "^(.*?,){25}P",
                "^(([a-z])+.)+[A-Z]([a-z])+$",
                "(x+x+)+y",
                "^(a*)*\\1b$",
                "^([a-zA-Z0-9]+[._-]?)+@x$",
                "(?<n>a|b)\\k<n>",
                "^((a+)(b+)?)+c$",
                "^(a+|b)+$",
                "^(\\.?[a-z]+)*$",
                "^(\\w+\\d)+$",
                "^(-([a-z]+)+)*$",
                "^([^,]*.)+$"
            })
    void expressionsThatMayTakeLongAreNamed(String pattern) {
        List<String> found = hazards(Map.of("pattern", pattern));

        assertEquals(1, found.size(), found.toString());
        assertTrue(found.getFirst().startsWith("properties.s.pattern "), found.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "^[a-z]+$",
                "^\\d{4}-\\d{2}$",
                "^(a|b)*$",
                "^[+*()]+$",
                "\\(a+\\)+",
                "^([0-9]{3})+$",
                "^(\\\\1)?$",
                "^[a-z]+(\\.[a-z]+)*$",
                "^(?:[a-z0-9]+-)*[a-z0-9]+$",
                "^([^,]*,){3}$",
                "^(\\w+\\s)*$",
                "^(/([a-z]+)?)+$",
                "^(;[a-z]+(=(\\d|[a-z])*)?)*$"
            })
    void usualExpressionsAreNot(String pattern) {
        assertEquals(List.of(), hazards(Map.of("pattern", pattern)));
    }

    @Test
    void namesOfPropertiesAreExpressionsToo() {
        assertTrue(hazards(Map.of("patternProperties", Map.of("^(a*)*$", true)))
                .getFirst()
                .startsWith("properties.s.patternProperties "));
    }

    @Test
    void unionThatComesBackInSeveralBranchesIsNamed() {
        Map<String, Object> again = Map.of("$ref", "#/$defs/f");
        Map<String, Object> schema = Map.of(
                "$defs",
                Map.of(
                        "f",
                        Map.of(
                                "anyOf",
                                List.of(Map.of("items", again), Map.of("not", again), Map.of("type", "null")))));

        assertEquals(List.of("$defs.f.anyOf comes back to itself in more than one branch"), SchemaHazards.of(schema));
    }

    @Test
    void unionThatComesBackInOneBranchIsNot() {
        Map<String, Object> schema = Map.of(
                "$defs",
                Map.of(
                        "f",
                        Map.of(
                                "anyOf",
                                List.of(Map.of("items", Map.of("$ref", "#/$defs/f")), Map.of("type", "null")))));

        assertEquals(List.of(), SchemaHazards.of(schema));
    }

    @Test
    void uniqueItemsWithoutABoundAreNamed() {
        assertEquals(
                List.of("properties.s.uniqueItems compares all items of a list without maxItems"),
                hazards(Map.of("uniqueItems", true)));
        assertEquals(List.of(), hazards(Map.of("uniqueItems", true, "maxItems", 5L)));
    }
}
