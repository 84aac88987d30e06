package dev.portcullis.gateway.runtime.catalog;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * What of a schema lets a small call make much work. Nothing of it is refused, since checks are bounded; but such a call gets
 * a 400 that its sender cannot explain, so the author of the schema should know.
 */
final class SchemaHazards {
    private static final Pattern BACK_REFERENCE = Pattern.compile("(?<!\\\\)(?:\\\\\\\\)*\\\\(?:[1-9]|k<)");
    private static final int MOST = 8;

    private final Map<String, Object> schema;
    private final List<String> found = new ArrayList<>();

    private SchemaHazards(Map<String, Object> schema) {
        this.schema = schema;
    }

    /**
     * Each with its place in the schema, on one line; not more than a few.
     *
     * @throws InvalidSchemaException if a regular expression is none
     */
    static List<String> of(Map<String, Object> schema) {
        SchemaHazards hazards = new SchemaHazards(schema);
        hazards.look(schema, "");
        return hazards.found.size() <= MOST ? List.copyOf(hazards.found) : List.copyOf(hazards.found.subList(0, MOST));
    }

    /** Whether anything in it may be matched against a regular expression. */
    static boolean matches(@Nullable Object schema) {
        return switch (schema) {
            case Map<?, ?> map ->
                map.containsKey("pattern")
                        || map.containsKey("patternProperties")
                        || map.values().stream().anyMatch(SchemaHazards::matches);
            case List<?> list -> list.stream().anyMatch(SchemaHazards::matches);
            case null, default -> false;
        };
    }

    private void look(@Nullable Object part, String path) {
        switch (part) {
            case Map<?, ?> map -> {
                map.forEach((key, value) -> keyword(map, String.valueOf(key), value, path));
                map.forEach((key, value) -> {
                    if (!key.equals("const")
                            && !key.equals("enum")
                            && !key.equals("default")
                            && !key.equals("examples")) {
                        look(value, path.isEmpty() ? String.valueOf(key) : path + "." + key);
                    }
                });
            }
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    look(list.get(i), path + "[" + i + "]");
                }
            }
            case null, default -> {}
        }
    }

    private void keyword(Map<?, ?> part, String key, @Nullable Object value, String path) {
        String at = path.isEmpty() ? key : path + "." + key;
        switch (key) {
            case "pattern" -> {
                if (value instanceof String expression) {
                    expression(expression, at);
                }
            }
            case "patternProperties" -> {
                if (value instanceof Map<?, ?> map) {
                    map.keySet().forEach(expression -> expression(String.valueOf(expression), at));
                }
            }
            case "uniqueItems" -> {
                if (Boolean.TRUE.equals(value) && !part.containsKey("maxItems")) {
                    say(at, "compares all items of a list without maxItems");
                }
            }
            case "anyOf", "oneOf" -> {
                if (value instanceof List<?> branches
                        && branches.stream()
                                        .filter(branch -> reaches(branch, part))
                                        .count()
                                > 1) {
                    say(at, "comes back to itself in more than one branch");
                }
            }
            default -> {}
        }
    }

    private void say(String path, String what) {
        found.add(ArgumentMessages.line(path) + " " + what);
    }

    private void expression(String expression, String path) {
        try {
            MatchBudget.compile(expression);
        } catch (PatternSyntaxException broken) {
            throw new InvalidSchemaException("input schema cannot be compiled: " + ArgumentMessages.line(path)
                    + " is no regular expression: " + ArgumentMessages.line(String.valueOf(broken.getDescription()))
                    + (broken.getIndex() < 0 ? "" : " near index " + broken.getIndex()));
        }
        if (BACK_REFERENCE.matcher(expression).find()) {
            say(path, "has a back-reference, which may take very long to match");
        } else if (nestedQuantifiers(expression)) {
            say(path, "repeats what repeats itself, which may take very long to match");
        }
    }

    /** A group with a repetition of any length in it that is repeated itself, unless it is plain where each round begins. */
    private static boolean nestedQuantifiers(String expression) {
        Deque<Boolean> repeats = new ArrayDeque<>();
        Deque<Integer> starts = new ArrayDeque<>();
        repeats.push(false);
        boolean inClass = false;
        boolean closed = false;
        String body = "";
        for (int i = 0; i < expression.length(); i++) {
            char c = expression.charAt(i);
            boolean group = closed;
            closed = false;
            if (c == '\\') {
                i++;
            } else if (inClass) {
                inClass = c != ']';
            } else if (c == '[') {
                inClass = true;
            } else if (c == '(') {
                repeats.push(false);
                starts.push(i + 1);
            } else if (c == ')' && repeats.size() > 1) {
                closed = repeats.pop();
                body = expression.substring(starts.pop(), i);
                if (closed) {
                    repeats.pop();
                    repeats.push(true);
                }
            } else if (c == '*' || c == '+' || (c == '{' && !once(expression, i))) {
                if (group && !SeparatedRounds.in(body)) {
                    return true;
                }
                if (c != '{' || expression.substring(i).matches("(?s)\\{\\d+,.*")) {
                    repeats.pop();
                    repeats.push(true);
                }
            }
        }
        return false;
    }

    private static boolean once(String expression, int brace) {
        return expression.startsWith("{0}", brace)
                || expression.startsWith("{1}", brace)
                || expression.startsWith("{0,1}", brace);
    }

    /** Whether what is in a branch leads to a part of the schema again. */
    private boolean reaches(@Nullable Object from, Map<?, ?> target) {
        return reaches(from, target, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    /** The same part, not one that looks alike. */
    @SuppressWarnings("ReferenceEquality")
    private boolean reaches(@Nullable Object from, Map<?, ?> target, Set<Object> seen) {
        if (from == null || !seen.add(from)) {
            return false;
        }
        return switch (from) {
            case Map<?, ?> map -> {
                if (map.get("$ref") instanceof String reference) {
                    Object referred = referred(reference);
                    if (referred == target || reaches(referred, target, seen)) {
                        yield true;
                    }
                }
                yield map.values().stream().anyMatch(value -> value == target || reaches(value, target, seen));
            }
            case List<?> list -> list.stream().anyMatch(value -> value == target || reaches(value, target, seen));
            default -> false;
        };
    }

    /** Within this schema; anything else is not looked at. */
    @SuppressWarnings("ReferenceEquality")
    private @Nullable Object referred(String reference) {
        if (!reference.startsWith("#")) {
            return null;
        }
        Object at = schema;
        for (String step : reference.substring(1).split("/", -1)) {
            String name = step.replace("~1", "/").replace("~0", "~");
            if (name.isEmpty()) {
                continue;
            }
            at = switch (at) {
                case Map<?, ?> map -> map.get(name);
                case List<?> list
                when name.matches("\\d{1,6}") && Integer.parseInt(name) < list.size() ->
                    list.get(Integer.parseInt(name));
                case null, default -> null;
            };
        }
        return at;
    }
}
