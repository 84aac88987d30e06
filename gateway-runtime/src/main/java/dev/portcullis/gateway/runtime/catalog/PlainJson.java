package dev.portcullis.gateway.runtime.catalog;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Plain values as the tree that the schema validator reads. */
final class PlainJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private PlainJson() {}

    static JsonNode toNode(@Nullable Object value) {
        return switch (value) {
            case null -> NODES.nullNode();
            case String text -> NODES.stringNode(text);
            case Boolean flag -> NODES.booleanNode(flag);
            case Long number -> NODES.numberNode(number.longValue());
            case Integer number -> NODES.numberNode(number.intValue());
            case Double number -> NODES.numberNode(number.doubleValue());
            case BigDecimal number -> NODES.numberNode(number);
            case Map<?, ?> map -> {
                ObjectNode node = NODES.objectNode();
                map.forEach((key, item) -> node.set(String.valueOf(key), toNode(item)));
                yield node;
            }
            case List<?> list -> {
                ArrayNode node = NODES.arrayNode(list.size());
                list.forEach(item -> node.add(toNode(item)));
                yield node;
            }
            default ->
                throw new IllegalArgumentException(
                        "Not a plain value: " + value.getClass().getName());
        };
    }
}
