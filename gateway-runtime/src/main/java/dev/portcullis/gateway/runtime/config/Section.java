package dev.portcullis.gateway.runtime.config;

import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** One object of the configuration, read by asking for its keys; {@link #close()} complains about the others. */
final class Section {
    private final ConfigPath path;
    private final Node.Mapping node;
    private final Shared shared;
    private final Set<String> asked = new LinkedHashSet<>();

    /**
     * What all sections of one reading share.
     *
     * @param used every path that somebody asked for, written or not: the keys that decide something
     */
    record Shared(Problems problems, List<String> unused, Set<ConfigPath> used) {}

    Section(ConfigPath path, Node.Mapping node, Shared shared) {
        this.path = path;
        this.node = node;
        this.shared = shared;
    }

    ConfigPath path() {
        return path;
    }

    ConfigPath path(String key) {
        return path.child(key);
    }

    Set<String> keys() {
        return node.entries().keySet();
    }

    /** The value as it is, if it was written. */
    Optional<Node> node(String key) {
        if (asked.add(key)) {
            shared.used().add(path(key));
        }
        return Optional.ofNullable(node.entries().get(key));
    }

    /** The value, without counting as a reader of it. */
    Optional<Node> peek(String key) {
        return Optional.ofNullable(node.entries().get(key));
    }

    boolean has(String key) {
        return node(key).isPresent();
    }

    Position at(String key) {
        Node value = node.entries().get(key);
        return value == null ? node.at() : value.at();
    }

    void error(String key, String what, String advice) {
        shared.problems().error(at(key), path(key), what, advice);
    }

    void warning(String key, String what, String advice) {
        shared.problems().warning(at(key), path(key), what, advice);
    }

    /** A section that is not there reads like one that is empty. */
    Section section(String key) {
        Node.Mapping value = Node.Mapping.EMPTY;
        Node written = node(key).orElse(value);
        if (written instanceof Node.Mapping mapping) {
            value = mapping;
        } else {
            expected(path(key), written, "an object");
        }
        return new Section(path(key), value, shared);
    }

    /** One object of a list. */
    Section item(String key, int index, Node written) {
        ConfigPath where = path(key).item(index);
        Node.Mapping value = Node.Mapping.EMPTY;
        if (written instanceof Node.Mapping mapping) {
            value = mapping;
        } else {
            expected(where, written, "an object");
        }
        return new Section(where, value, shared);
    }

    /** About the section as a whole. */
    void complain(String what, String advice) {
        shared.problems().error(node.at(), path, what, advice);
    }

    /** Sections by the names that somebody chose for them. */
    <T> Map<String, T> each(BiFunction<String, Section, T> reader) {
        Map<String, T> all = new LinkedHashMap<>();
        for (String key : List.copyOf(keys())) {
            all.put(key, reader.apply(key, section(key)));
        }
        return all;
    }

    /** A text; it may name variables only if they are set. */
    Optional<String> text(String key) {
        return node(key).flatMap(value -> text(path(key), value));
    }

    /** A text that is shown and decides nothing: what is wrong with it stops nothing, and an unset variable stays in it as written. */
    Optional<String> shown(String key) {
        return node(key).flatMap(value -> {
            if (value instanceof Node.Scalar scalar && scalar.value() instanceof String text) {
                return Optional.of(text);
            }
            warning(key, "expected a text, got " + value.kind() + "; it is not shown", "Write a text.");
            return Optional.empty();
        });
    }

    Optional<List<String>> texts(String key) {
        return node(key).flatMap(value -> {
            if (!(value instanceof Node.Sequence list)) {
                boolean one = value instanceof Node.Scalar scalar && scalar.value() instanceof String;
                expected(path(key), value, one ? "a list of texts, even for one: [\"…\"]" : "a list of texts");
                return Optional.empty();
            }
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < list.items().size(); i++) {
                text(path(key).item(i), list.items().get(i)).ifPresent(texts::add);
            }
            return Optional.of(texts);
        });
    }

    Optional<Boolean> flag(String key) {
        return node(key).flatMap(value -> {
            if (value instanceof Node.Scalar scalar) {
                if (scalar.value() instanceof Boolean flag) {
                    return Optional.of(flag);
                }
                if (scalar.loose() && scalar.value() instanceof String text && text.matches("true|false")) {
                    return Optional.of(Boolean.valueOf(text));
                }
            }
            expected(path(key), value, "true or false");
            return Optional.empty();
        });
    }

    Optional<Long> number(String key, long min, long max) {
        return node(key).flatMap(value -> {
            Optional<Long> number = whole(value);
            if (number.isEmpty() || number.get() < min || number.get() > max) {
                String most = max == Long.MAX_VALUE ? "or more" : "to " + max;
                expected(path(key), value, "a whole number, " + min + " " + most);
                return Optional.empty();
            }
            return number;
        });
    }

    /** From 0 to 1. */
    Optional<Double> fraction(String key) {
        return node(key).flatMap(value -> {
            Optional<Double> number = value instanceof Node.Scalar scalar ? decimal(scalar) : Optional.empty();
            if (number.isEmpty() || !(number.get() >= 0 && number.get() <= 1)) {
                expected(path(key), value, "a number from 0 to 1");
                return Optional.empty();
            }
            return number;
        });
    }

    private static Optional<Double> decimal(Node.Scalar scalar) {
        if (scalar.value() instanceof Number number) {
            return Optional.of(number.doubleValue());
        }
        return scalar.loose()
                        && scalar.value() instanceof String text
                        && text.matches("[01]?(\\.\\d{1,15})?")
                        && !text.isEmpty()
                ? Optional.of(Double.valueOf(text))
                : Optional.empty();
    }

    /** One of a few words, as its enum's names in lower case with hyphens. */
    <E extends Enum<E>> Optional<E> choice(String key, Class<E> type) {
        return text(key).flatMap(written -> {
            List<String> known = new ArrayList<>();
            for (E constant : type.getEnumConstants()) {
                String word = constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
                if (word.equals(written)) {
                    return Optional.of(constant);
                }
                known.add(word);
            }
            unknownWord(key, written, known);
            return Optional.empty();
        });
    }

    void unknownWord(String key, String written, List<String> known) {
        error(
                key,
                quoted(path(key), written) + " is not one of " + String.join(", ", known),
                Nearest.question(written, known));
    }

    /** A text as a path, unless it cannot be one. */
    Optional<Path> file(String key, String written, ConfigEnvironment environment, Path base) {
        try {
            return Optional.of(environment.path(written, base));
        } catch (InvalidPathException e) {
            error(key, "it is not a path", "Write a path of this machine.");
            return Optional.empty();
        }
    }

    /** Takes keys that nobody asked for as ones without effect here: for sections that the reference gateway keeps adding to. */
    void closeLeniently() {
        node.entries().keySet().stream()
                .filter(key -> !asked.contains(key))
                .forEach(key -> shared.unused().add(path(key).toString()));
    }

    /** Reports keys that nobody asked for. */
    void close() {
        for (Map.Entry<String, Node> entry : node.entries().entrySet()) {
            if (!asked.contains(entry.getKey())) {
                unasked(path, entry.getKey(), entry.getValue(), asked);
            }
        }
    }

    private void unasked(ConfigPath parent, String key, Node value, Set<String> used) {
        ConfigPath full = parent.child(key);
        switch (ReferenceKeys.known().match(full)) {
            case KNOWN -> shared.unused().add(full.toString());
            case ABOVE_KNOWN -> {
                if (value instanceof Node.Mapping mapping) {
                    mapping.entries().forEach((name, child) -> unasked(full, name, child, Set.of()));
                } else {
                    expected(full, value, "an object");
                }
            }
            case UNKNOWN -> unknown(parent, key, value, used);
        }
    }

    /**
     * A slip in a key that decides something is an error, and so is any unknown key where keys are rules; another one may come from
     * a later version of the reference gateway, and stops nothing.
     */
    private void unknown(ConfigPath parent, String key, Node value, Set<String> used) {
        ConfigPath full = parent.child(key);
        Set<String> known = new LinkedHashSet<>(used);
        known.addAll(ReferenceKeys.known().below(parent));
        known.remove("*");
        if (rules(parent, value) || Nearest.likely(key, used).isPresent()) {
            String question = Nearest.question(key, known);
            shared.problems()
                    .error(
                            value.at(),
                            full,
                            "unknown key \"" + key + "\"",
                            question.isEmpty() ? "Remove it. Known here: " + String.join(", ", known) + "." : question);
            return;
        }
        shared.unused().add(full.toString());
        shared.problems()
                .warning(
                        value.at(),
                        full,
                        "unknown key \"" + key + "\", without effect here",
                        Nearest.to(key, known)
                                .map(name -> "Did you mean \"" + name + "\"?")
                                .orElse("Remove it, unless another program reads it."));
    }

    /** Whether the keys of an object decide who gets in or what may be called; an object in {@code agents} may be an agent. */
    private static boolean rules(ConfigPath where, Node value) {
        List<String> names = where.names();
        return names.getFirst().equals("gateway")
                || names.contains("tools")
                || names.contains("toolsBySender")
                || (names.equals(List.of("agents")) && value instanceof Node.Mapping);
    }

    /** A list without which everything passes, and which names nothing. */
    void warnOfEmpty(String key, Optional<List<String>> list) {
        if (list.filter(List::isEmpty).isPresent()) {
            warning(key, "it is empty, and so it limits nothing", "Name what may pass, or remove it.");
        }
    }

    private Optional<String> text(ConfigPath where, Node value) {
        if (!(value instanceof Node.Scalar scalar) || !(scalar.value() instanceof String text)) {
            expected(where, value, "a text");
            return Optional.empty();
        }
        if (!scalar.unset().isEmpty()) {
            unset(shared.problems(), where, scalar);
            return Optional.empty();
        }
        return Optional.of(text);
    }

    static void unset(Problems problems, ConfigPath where, Node.Scalar scalar) {
        String names = String.join(", ", scalar.unset());
        problems.error(
                scalar.at(),
                where,
                "it names the variable " + names + ", which is not set",
                "Set " + names + ", or write $${…} if the text itself is meant.");
    }

    private void expected(ConfigPath where, Node value, String what) {
        if (value instanceof Node.Scalar scalar && !scalar.unset().isEmpty()) {
            unset(shared.problems(), where, scalar);
            return;
        }
        boolean quotable = value instanceof Node.Scalar scalar && scalar.value() != null;
        String got = quotable ? quoted(where, value.plain()) : value.kind();
        shared.problems().error(value.at(), where, "expected " + what + ", got " + got, "");
    }

    private static String quoted(ConfigPath where, @Nullable Object value) {
        if (ConfigRedaction.secret(where)) {
            return "a value that is not shown here";
        }
        return value instanceof String text ? '"' + text + '"' : String.valueOf(value);
    }

    private static Optional<Long> whole(Node value) {
        if (value instanceof Node.Scalar scalar) {
            if (scalar.value() instanceof Long number) {
                return Optional.of(number);
            }
            if (scalar.value() instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15) {
                return Optional.of(number.longValue());
            }
            if (scalar.value() instanceof BigDecimal number
                    && number.stripTrailingZeros().scale() <= 0) {
                return number.abs().compareTo(BigDecimal.valueOf(1e15)) < 0
                        ? Optional.of(number.longValue())
                        : Optional.empty();
            }
            if (scalar.loose() && scalar.value() instanceof String text && text.matches("-?\\d{1,15}")) {
                return Optional.of(Long.valueOf(text));
            }
        }
        return Optional.empty();
    }
}
