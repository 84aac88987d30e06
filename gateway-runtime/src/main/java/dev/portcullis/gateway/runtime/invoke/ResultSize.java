package dev.portcullis.gateway.runtime.invoke;

import dev.portcullis.gateway.api.tool.ToolResult;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A bound on results, by an estimate that never writes them: about the bytes of their JSON. What is shared within a result is
 * written each time and counts each time; counting ends at the bound, so that it takes no longer than writing that much.
 */
final class ResultSize {
    private long left;

    private ResultSize(long limit) {
        this.left = limit;
    }

    /** About how large the result is; negative if it is larger than may be. */
    static long of(ToolResult result, long limit) {
        ResultSize size = new ResultSize(limit);
        for (ToolResult.Content part : result.content()) {
            size.count(part.value(), part.kind() == ToolResult.Content.Kind.JSON ? 1 : 0);
        }
        if (result.hasDetails()) {
            size.count(result.details(), 0);
        }
        return size.left < 0 ? -1 : limit - size.left;
    }

    /** @param indent levels of indentation, which deep values pay for with every line; 0 if it is not indented */
    private void count(@Nullable Object value, int indent) {
        left -= 2L * indent;
        int below = indent == 0 ? 0 : indent + 1;
        switch (value) {
            case String text -> left -= text.length() + 3L;
            case Map<?, ?> map -> {
                left -= 2;
                // what comes after the bound is passed over: the map itself is no larger than what made it
                map.forEach((name, item) -> {
                    if (left >= 0) {
                        count(name, 0);
                        count(item, below);
                    }
                });
            }
            case List<?> list -> {
                left -= 2;
                for (Object item : list) {
                    if (left < 0) {
                        return;
                    }
                    count(item, below);
                }
            }
            case BigDecimal number -> left -= 8 + number.unscaledValue().bitLength() / 3;
            case null, default -> left -= 8;
        }
    }
}
