package dev.portcullis.gateway.runtime.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code ${NAME}} in texts; {@code $${NAME}} is the literal. A variable that is not set, or empty, leaves the text as it is. */
final class Variables {
    private static final Pattern REFERENCE = Pattern.compile("\\$?\\$\\{([A-Z_][A-Z0-9_]*)}");

    private final Map<String, String> values;

    Variables(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    /** Variables of the process, and below them the ones that the document sets itself in {@code env}. */
    static Variables of(Map<String, String> process, Node root) {
        Map<String, String> values = new HashMap<>();
        if (root instanceof Node.Mapping document && document.entries().get("env") instanceof Node.Mapping env) {
            texts(env, values);
            if (env.entries().get("vars") instanceof Node.Mapping vars) {
                texts(vars, values);
            }
        }
        values.putAll(process);
        return new Variables(values);
    }

    private static void texts(Node.Mapping from, Map<String, String> into) {
        from.entries().forEach((name, value) -> {
            if (value instanceof Node.Scalar scalar && scalar.value() instanceof String text) {
                into.put(name, text);
            }
        });
    }

    /** A text that stays as it is when references in it are replaced. */
    static String literally(String text) {
        return REFERENCE.matcher(text).replaceAll(match -> Matcher.quoteReplacement("$" + match.group()));
    }

    Node resolve(Node node) {
        return switch (node) {
            case Node.Scalar scalar ->
                scalar.value() instanceof String text && text.indexOf('$') >= 0 ? resolved(scalar, text) : scalar;
            case Node.Sequence sequence -> {
                List<Node> items = new ArrayList<>();
                sequence.items().forEach(item -> items.add(resolve(item)));
                yield new Node.Sequence(items, sequence.at());
            }
            case Node.Mapping mapping -> {
                Map<String, Node> entries = new LinkedHashMap<>();
                mapping.entries().forEach((key, value) -> entries.put(key, resolve(value)));
                yield new Node.Mapping(entries, mapping.at());
            }
        };
    }

    private Node.Scalar resolved(Node.Scalar scalar, String text) {
        Set<String> unset = new LinkedHashSet<>();
        String replaced = REFERENCE.matcher(text).replaceAll(match -> {
            if (match.group().startsWith("$$")) {
                return Matcher.quoteReplacement(match.group().substring(1));
            }
            String value = values.getOrDefault(match.group(1), "");
            if (value.isEmpty()) {
                unset.add(match.group(1));
            }
            return Matcher.quoteReplacement(value.isEmpty() ? match.group() : value);
        });
        return new Node.Scalar(replaced, scalar.at(), true, Set.copyOf(unset));
    }
}
