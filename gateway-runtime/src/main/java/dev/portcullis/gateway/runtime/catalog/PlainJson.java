package dev.portcullis.gateway.runtime.catalog;

import java.math.BigDecimal;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Plain values as the tree that the schema validator reads. */
final class PlainJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int MOST_DIGITS = 1_001;
    private static final double WHOLE_LONGS = 0x1p53;

    private PlainJson() {}

    /** A tree of its own. */
    static JsonNode tree(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                ObjectNode node = NODES.objectNode();
                map.forEach((key, item) -> node.set(String.valueOf(key), tree(item)));
                yield node;
            }
            case List<?> list -> {
                ArrayNode node = NODES.arrayNode(list.size());
                list.forEach(item -> node.add(tree(item)));
                yield node;
            }
            case null, default -> scalar(value);
        };
    }

    /** What looks like a tree and makes its nodes when they are asked for: a schema asks for few. */
    static JsonNode view(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> map -> new ObjectNode(NODES, new Fields(map));
            case List<?> list -> new ArrayNode(NODES, new Items(list));
            case null, default -> scalar(value);
        };
    }

    private static JsonNode scalar(@Nullable Object value) {
        return switch (value) {
            case null -> NODES.nullNode();
            case String text -> NODES.stringNode(text);
            case Boolean flag -> NODES.booleanNode(flag);
            case Long number -> NODES.numberNode(number.longValue());
            case Integer number -> NODES.numberNode(number.intValue());
            case Double number -> number(number);
            case BigDecimal number -> number(number);
            default ->
                throw new IllegalArgumentException(
                        "Not a plain value: " + value.getClass().getName());
        };
    }

    private static JsonNode number(Double number) {
        return number == Math.rint(number) && Math.abs(number) >= WHOLE_LONGS
                ? number(BigDecimal.valueOf(number))
                : NODES.numberNode(number.doubleValue());
    }

    /** Whole ones as such: the validator takes those that are none for a {@code long} otherwise, and loses what is above. */
    private static JsonNode number(BigDecimal number) {
        // only a tool that runs a tool can have made it: those of texts are bounded where they are read
        if (Math.abs(number.precision() - (long) number.scale()) > MOST_DIGITS || number.precision() > MOST_DIGITS) {
            throw new InvalidArgumentsException("a number has more than " + MOST_DIGITS + " digits");
        }
        boolean whole = number.signum() == 0
                || number.scale() <= 0
                || number.stripTrailingZeros().scale() <= 0;
        return whole ? NODES.numberNode(number.toBigInteger()) : NODES.numberNode(number);
    }

    /** Of a map whose keys are texts. */
    private static final class Fields extends AbstractMap<String, JsonNode> {
        private final Map<?, ?> fields;

        Fields(Map<?, ?> fields) {
            this.fields = fields;
        }

        @Override
        public int size() {
            return fields.size();
        }

        @Override
        public boolean containsKey(Object name) {
            return fields.containsKey(name);
        }

        @Override
        public @Nullable JsonNode get(Object name) {
            Object value = fields.get(name);
            return value == null && !fields.containsKey(name) ? null : view(value);
        }

        @Override
        public Set<Entry<String, JsonNode>> entrySet() {
            return new AbstractSet<>() {
                @Override
                public int size() {
                    return fields.size();
                }

                @Override
                public Iterator<Entry<String, JsonNode>> iterator() {
                    Iterator<? extends Entry<?, ?>> entries = fields.entrySet().iterator();
                    return new Iterator<>() {
                        @Override
                        public boolean hasNext() {
                            return entries.hasNext();
                        }

                        @Override
                        public Entry<String, JsonNode> next() {
                            Entry<?, ?> entry = entries.next();
                            return Map.entry((String) entry.getKey(), view(entry.getValue()));
                        }
                    };
                }
            };
        }
    }

    private static final class Items extends AbstractList<JsonNode> implements RandomAccess {
        private final List<?> items;

        Items(List<?> items) {
            this.items = items;
        }

        @Override
        public int size() {
            return items.size();
        }

        @Override
        public JsonNode get(int index) {
            return view(items.get(index));
        }
    }
}
