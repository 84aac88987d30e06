package dev.portcullis.gateway.runtime.catalog;

import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Words for what the schema validator found: they name the argument by its path and never repeat a value. The texts for
 * missing arguments, positive integers and fixed choices are those of the reference gateway's tools.
 */
final class ArgumentMessages {
    private static final int MOST = 8;
    private static final int LONGEST = 2_000;
    private static final int LONGEST_PART = 400;
    private static final int LONGEST_NAME = 128;
    private static final String POSITIVE = "a positive integer";
    private static final String NOT_NEGATIVE = "a non-negative integer";

    private final Map<?, ?> properties;
    private final List<String> order;

    ArgumentMessages(Map<String, Object> schema) {
        this.properties = schema.get("properties") instanceof Map<?, ?> known ? known : Map.of();
        this.order = properties.keySet().stream().map(String::valueOf).toList();
    }

    /** The minimum of a top-level argument, as text; empty if it has none. */
    private String least(String path) {
        return properties.get(path) instanceof Map<?, ?> property && property.get("minimum") != null
                ? String.valueOf(property.get("minimum"))
                : "";
    }

    String describe(List<Error> errors) {
        Set<String> texts = errors.stream()
                .map(error -> Problem.of(error, this::least))
                .sorted(Comparator.comparingInt((Problem problem) -> problem.missing() ? 0 : 1)
                        .thenComparingInt(problem -> rank(problem.path())))
                .map(Problem::text)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        String listed = shortened(texts.stream().limit(MOST).collect(Collectors.joining("; ")), LONGEST);
        return texts.size() > MOST ? listed + "; and " + (texts.size() - MOST) + " more" : listed;
    }

    /** On one line, and not longer than a line should be. */
    static String line(String text) {
        String shown = shortened(text, LONGEST_PART);
        StringBuilder line = new StringBuilder(shown.length());
        shown.codePoints().forEach(c -> line.appendCodePoint(hidden(c) ? ' ' : c));
        return line.toString();
    }

    private static boolean hidden(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    private static String shortened(String text, int longest) {
        return text.length() <= longest
                ? text
                : text.substring(0, Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest) + "…";
    }

    /** A name that the caller may have made up. */
    private static String name(String name) {
        return line(shortened(name, LONGEST_NAME));
    }

    private int rank(String path) {
        int end = 0;
        while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
            end++;
        }
        int index = order.indexOf(path.substring(0, end));
        return index < 0 ? order.size() : index;
    }

    private record Problem(String path, boolean missing, String text) {
        static Problem of(Error error, UnaryOperator<String> least) {
            String path = path(error.getInstanceLocation());
            String property = error.getProperty();
            String child = property == null ? path : path.isEmpty() ? name(property) : path + "." + name(property);
            JsonNode schema = error.getSchemaNode();
            String keyword = String.valueOf(error.getKeyword());
            return switch (keyword) {
                case "required" -> new Problem(child, true, child + " required");
                case "additionalProperties", "unevaluatedProperties" ->
                    new Problem(child, false, child + " is not a known argument");
                case "type" -> new Problem(path, false, named(path) + " must be " + type(error, least.apply(path)));
                case "enum" -> new Problem(path, false, named(path) + " must be one of " + choices(schema));
                case "const" -> new Problem(path, false, named(path) + " has another value than the schema allows");
                case "minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum", "multipleOf" ->
                    new Problem(path, false, named(path) + " must be " + range(error, keyword));
                case "minLength", "maxLength" ->
                    new Problem(path, false, named(path) + " must have " + bound(keyword, schema) + " characters");
                case "minItems", "maxItems" ->
                    new Problem(path, false, named(path) + " must have " + bound(keyword, schema) + " items");
                case "uniqueItems" -> new Problem(path, false, named(path) + " must not repeat an item");
                case "pattern" -> new Problem(path, false, named(path) + " must match " + text(schema));
                case "format" -> new Problem(path, false, named(path) + " must be a valid " + text(schema));
                default -> new Problem(path, false, named(path) + " does not fit the schema (" + keyword + ")");
            };
        }

        private static String named(String path) {
            return path.isEmpty() ? "arguments" : path;
        }

        private static String path(NodePath location) {
            StringBuilder path = new StringBuilder();
            for (int i = 0; i < location.getNameCount(); i++) {
                Object element = location.getElement(i);
                if (element instanceof Integer index) {
                    path.append('[').append(index).append(']');
                } else {
                    path.append(path.isEmpty() ? "" : ".").append(name(String.valueOf(element)));
                }
            }
            return shortened(path.toString(), LONGEST_PART);
        }

        private static String type(Error error, String least) {
            JsonNode node = error.getSchemaNode();
            String wanted = node == null || node.isArray() ? "" : text(node);
            return switch (wanted) {
                case "integer" -> least.equals("1") ? POSITIVE : least.equals("0") ? NOT_NEGATIVE : "an integer";
                case "number" -> "a number";
                case "string" -> "a string";
                case "boolean" -> "true or false";
                case "array" -> "an array";
                case "object" -> "an object";
                case "null" -> "null";
                default -> "of another type";
            };
        }

        private static String range(Error error, String keyword) {
            String limit = text(error.getSchemaNode());
            return switch (keyword) {
                case "minimum" -> limit.equals("1") ? POSITIVE : limit.equals("0") ? NOT_NEGATIVE : "at least " + limit;
                case "maximum" -> "at most " + limit;
                case "exclusiveMinimum" -> "greater than " + limit;
                case "exclusiveMaximum" -> "less than " + limit;
                default -> "a multiple of " + limit;
            };
        }

        private static String bound(String keyword, @Nullable JsonNode schema) {
            return (keyword.startsWith("min") ? "at least " : "at most ") + text(schema);
        }

        private static String choices(@Nullable JsonNode schema) {
            return schema == null
                    ? "the values of the schema"
                    : line(schema.valueStream()
                            .limit(LONGEST_PART)
                            .map(Problem::text)
                            .collect(Collectors.joining(", ")));
        }

        private static String text(@Nullable JsonNode node) {
            return node == null ? "" : line(node.isString() ? node.stringValue() : node.toString());
        }
    }
}
