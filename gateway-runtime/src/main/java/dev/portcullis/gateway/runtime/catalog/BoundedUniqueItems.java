package dev.portcullis.gateway.runtime.catalog;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.keyword.AbstractKeyword;
import com.networknt.schema.keyword.KeywordValidator;
import com.networknt.schema.keyword.UniqueItemsValidator;
import com.networknt.schema.path.NodePath;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * {@code uniqueItems} of the library, which looks items up by hash codes that a caller can choose: if all are the same it compares
 * each with each. Lists with many of one hash code are refused before.
 */
final class BoundedUniqueItems extends UniqueItemsValidator {
    private static final int MOST_ALIKE = 1_000;

    private BoundedUniqueItems(SchemaLocation location, JsonNode node, Schema parent, SchemaContext context) {
        super(location, node, parent, context);
    }

    /** The keyword, for a dialect. */
    static final class Bounded extends AbstractKeyword {
        Bounded() {
            super("uniqueItems");
        }

        @Override
        public KeywordValidator newValidator(
                SchemaLocation location, JsonNode node, Schema parent, SchemaContext context) {
            return new BoundedUniqueItems(location, node, parent, context);
        }
    }

    @Override
    public void validate(ExecutionContext context, JsonNode node, JsonNode root, NodePath at) {
        if (node.isArray() && node.size() > MOST_ALIKE) {
            Map<Integer, Integer> alike = new HashMap<>();
            for (JsonNode item : node) {
                if (alike.merge(hash(item), 1, Integer::sum) > MOST_ALIKE) {
                    throw new InvalidArgumentsException(
                            "a list whose items must differ has too many that are alike; send fewer");
                }
            }
        }
        super.validate(context, node, root, at);
    }

    /** As the library counts: those that it finds alike are alike here. */
    private static int hash(JsonNode node) {
        return switch (node.getNodeType()) {
            case NUMBER -> number(node);
            case ARRAY -> {
                int hash = 1;
                for (JsonNode item : node) {
                    hash = 31 * hash + hash(item);
                }
                yield hash;
            }
            case OBJECT ->
                node.properties().stream()
                        .mapToInt(entry -> entry.getKey().hashCode() ^ hash(entry.getValue()))
                        .sum();
            default -> node.hashCode();
        };
    }

    private static int number(JsonNode node) {
        if (node.canConvertToExactIntegral() && node.canConvertToLong()) {
            return Long.hashCode(node.longValue());
        }
        return node.isDouble()
                ? Double.hashCode(node.doubleValue())
                : node.decimalValue().stripTrailingZeros().hashCode();
    }
}
