package dev.portcullis.gateway.runtime.config;

import dev.portcullis.gateway.runtime.Document;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes the JSON Schema of the configuration: keys, types and meanings from the tables of the document, words and bounds
 * from what the reader says when it is given something else.
 */
final class SchemaWriter {
    private static final Pattern WORDS = Pattern.compile("is not one of ([\\w, -]+)");
    private static final Pattern BOUNDS = Pattern.compile("a whole number, (-?\\d+) (?:or more|to (\\d+))");
    private static final String VARIABLE = "\\$\\{";
    static final String NO_EFFECT = "Known to OpenClaw; without effect here.";

    /** An object on the way, or a key at the end of it. */
    private static final class Branch {
        private final Map<String, Branch> children = new LinkedHashMap<>();
        private Map<String, Object> leaf = Map.of();
        private boolean open;
    }

    private final Given given;
    private final Branch root = new Branch();

    SchemaWriter(Given given) {
        this.given = given;
    }

    Map<String, Object> write(
            Map<String, Map<String, String>> rows, List<List<String>> withoutEffect, List<List<String>> reference) {
        rows.forEach((key, row) -> branch(List.of(key.split("\\."))).leaf = leaf(key, row));
        withoutEffect.forEach(this::tolerate);
        reference.forEach(key -> tolerate(known(key)));
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "Configuration of Portcullis");
        schema.putAll(object(root, List.of()));
        // a section that nobody reads is a warning
        schema.put("additionalProperties", true);
        Map<String, Object> definitions = new LinkedHashMap<>();
        Branch agent =
                root.children.get("agents").children.get("entries").children.get("*");
        definitions.put("agent", object(agent, List.of("agents", "entries", "*")));
        definitions.put(
                "include", ordered("type", List.of("string", "array"), "description", "Files to be merged in here."));
        schema.put("$defs", definitions);
        return schema;
    }

    private Branch branch(List<String> path) {
        Branch branch = root;
        for (String name : path) {
            branch = branch.children.computeIfAbsent(name, any -> new Branch());
        }
        return branch;
    }

    /** The key, or the first of the objects it lies in that nothing here reads. */
    private List<String> known(List<String> key) {
        Branch branch = root;
        for (int i = 0; i < key.size(); i++) {
            Branch next = branch.children.get(key.get(i));
            if (next == null) {
                return key.subList(0, i + 1);
            }
            branch = next;
        }
        return key;
    }

    private void tolerate(List<String> path) {
        Branch branch = root;
        for (String name : path) {
            if (!branch.leaf.isEmpty()) {
                return;
            }
            Branch next = branch.children.get(name);
            if (next == null) {
                next = new Branch();
                branch.children.put(name, next);
            }
            branch = next;
        }
        if (branch.children.isEmpty() && branch.leaf.isEmpty()) {
            branch.leaf = Map.of("description", NO_EFFECT);
        }
        branch.open = true;
    }

    private Map<String, Object> schema(Branch branch, List<String> path) {
        if (path.equals(List.of("agents", "entries", "*"))) {
            return Map.of("$ref", "#/$defs/agent");
        }
        if (branch.children.isEmpty()) {
            return branch.leaf;
        }
        return object(branch, path);
    }

    private Map<String, Object> object(Branch branch, List<String> path) {
        Map<String, Object> properties = new LinkedHashMap<>();
        branch.children.forEach((name, child) -> {
            if (!name.equals("*")) {
                properties.put(name, schema(child, longer(path, name)));
            }
        });
        Branch any = branch.children.get("*");
        Object others = any != null ? schema(any, longer(path, "*")) : (Object) (branch.open || takesAnything(path));
        if (path.equals(List.of("agents"))) {
            Map<String, Object> agent = Map.of("$ref", "#/$defs/agent");
            properties.put("list", ordered("type", "array", "items", agent));
            others = agent;
        }
        properties.put("$include", Map.of("$ref", "#/$defs/include"));
        Map<String, Object> schema = new LinkedHashMap<>();
        // a key that is more than its parts may be written another way too
        boolean alsoValue = branch.leaf.containsKey("type") || branch.leaf.containsKey("anyOf");
        if (alsoValue) {
            schema.put("type", List.of("object", "string"));
        } else {
            schema.put("type", "object");
        }
        if (branch.leaf.containsKey("description")) {
            schema.put("description", branch.leaf.get("description"));
        }
        schema.put("properties", properties);
        schema.put("additionalProperties", others);
        return schema;
    }

    /** Whether the reader leaves unknown keys there to others, without a warning. */
    private boolean takesAnything(List<String> path) {
        if (path.isEmpty()) {
            return true;
        }
        ConfigReading reading = given.json(nested(String.join(".", path) + ".nosuchkeyatall", "1"));
        List<ConfigProblem> said = new ArrayList<>(reading.warnings());
        if (reading instanceof ConfigReading.Invalid invalid) {
            said.addAll(invalid.errors());
        }
        return said.stream().noneMatch(problem -> problem.what().contains("nosuchkeyatall"));
    }

    private Map<String, Object> leaf(String key, Map<String, String> row) {
        Map<String, Object> schema = new LinkedHashMap<>();
        String meaning = row.get("meaning").replace("`", "").replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1");
        if (!meaning.isBlank()) {
            schema.put("description", meaning);
        }
        switch (row.get("type")) {
            case "flag" -> {
                schema.put("type", List.of("boolean", "string"));
                schema.put("pattern", VARIABLE);
            }
            case "number" -> number(key, schema);
            case "word" -> words(key, schema);
            case "text" ->
                schema.put("type", key.endsWith("strictTransportSecurity") ? List.of("string", "boolean") : "string");
            case "list" -> schema.putAll(ordered("type", "array", "items", Map.of("type", "string")));
            case "secret" -> schema.put("anyOf", List.of(Map.of("type", "string"), reference()));
            default -> {}
        }
        String standard = row.get("default");
        if (standard.matches("`[^`]*`")) {
            String literal = Document.plain(standard);
            schema.put("default", typed(literal, row.get("type")));
        }
        return schema;
    }

    private static Object typed(String literal, String type) {
        return switch (type) {
            case "flag" -> Boolean.valueOf(literal);
            case "number" -> Long.valueOf(literal);
            case "list" ->
                literal.equals("[]")
                        ? List.of()
                        : List.of(literal.replaceAll("[\\[\\]\"' ]", "").split(","));
            default -> literal;
        };
    }

    private void number(String key, Map<String, Object> schema) {
        schema.put("type", List.of("integer", "string"));
        schema.put("pattern", VARIABLE);
        complaint(key, "-99999999999", BOUNDS).ifPresent(said -> {
            schema.put("minimum", Long.valueOf(said.group(1)));
            if (said.group(2) != null) {
                schema.put("maximum", Long.valueOf(said.group(2)));
            }
        });
    }

    private void words(String key, Map<String, Object> schema) {
        Optional<MatchedWords> words = complaint(key, "'no such word'", WORDS)
                .map(said -> new MatchedWords(List.of(said.group(1).split(", "))));
        if (words.isEmpty()) {
            schema.put("type", "string");
            return;
        }
        schema.put(
                "anyOf", List.of(Map.of("enum", words.get().words()), ordered("type", "string", "pattern", VARIABLE)));
    }

    private record MatchedWords(List<String> words) {}

    private Optional<Matcher> complaint(String key, String wrong, Pattern pattern) {
        if (!(given.json(nested(key, wrong)) instanceof ConfigReading.Invalid invalid)) {
            return Optional.empty();
        }
        return invalid.errors().stream()
                .map(error -> pattern.matcher(error.what()))
                .filter(Matcher::find)
                .findFirst();
    }

    private static Map<String, Object> reference() {
        Map<String, Object> reference = new LinkedHashMap<>();
        reference.put("type", "object");
        reference.put("properties", ordered("source", Map.of("type", "string"), "provider", Map.of("type", "string")));
        reference.put("required", List.of("source", "id"));
        return reference;
    }

    private static Map<String, Object> ordered(String one, Object first, String other, Object second) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(one, first);
        map.put(other, second);
        return map;
    }

    private static List<String> longer(List<String> path, String name) {
        List<String> longer = new ArrayList<>(path);
        longer.add(name);
        return longer;
    }

    static String nested(String path, String value) {
        StringBuilder text = new StringBuilder(value);
        for (String name : List.of(path.split("\\.")).reversed()) {
            text.insert(0, "{ '" + (name.equals("*") ? "any" : name) + "': ").append(" }");
        }
        return text.toString();
    }
}
