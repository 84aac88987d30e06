package dev.portcullis.gateway.runtime.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What both syntaxes become: a tree of plain values that know where they were written. */
sealed interface Node {
    Position at();

    /**
     * A single value: String, Boolean, Long, Double, BigDecimal or null.
     *
     * @param loose a text that may stand for a number or a flag, because it came from a variable or a syntax without types
     * @param unset variables it names that are not set
     */
    record Scalar(@Nullable Object value, Position at, boolean loose, Set<String> unset) implements Node {
        Scalar(@Nullable Object value, Position at) {
            this(value, at, false, Set.of());
        }

        /** It could be a secret. */
        @Override
        public String toString() {
            return "Scalar[" + at + "]";
        }
    }

    record Sequence(List<Node> items, Position at) implements Node {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    record Mapping(Map<String, Node> entries, Position at) implements Node {
        static final Mapping EMPTY = new Mapping(Map.of(), Position.NONE);

        public Mapping {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }
    }

    /** What it is called in a message. */
    default String kind() {
        return switch (this) {
            case Mapping m -> "an object";
            case Sequence s -> "a list";
            case Scalar s -> {
                Object value = s.value();
                if (value == null) {
                    yield "null";
                }
                yield value instanceof String ? "a text" : value instanceof Boolean ? "a flag" : "a number";
            }
        };
    }

    /** The same without positions. */
    default @Nullable Object plain() {
        return switch (this) {
            case Scalar s -> s.value();
            case Sequence s -> {
                List<@Nullable Object> items = new ArrayList<>();
                s.items().forEach(item -> items.add(item.plain()));
                yield Collections.unmodifiableList(items);
            }
            case Mapping m -> {
                Map<String, @Nullable Object> entries = new LinkedHashMap<>();
                m.entries().forEach((key, value) -> entries.put(key, value.plain()));
                yield Collections.unmodifiableMap(entries);
            }
        };
    }
}
