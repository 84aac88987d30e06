package dev.portcullis.gateway.runtime.invoke;

import dev.portcullis.gateway.api.tool.ToolResult;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A bound on results, by an estimate that never writes them: about the bytes of their JSON. */
final class ResultSize {
    private long left;

    private ResultSize(long limit) {
        this.left = limit;
    }

    static boolean fits(ToolResult result, long limit) {
        ResultSize size = new ResultSize(limit);
        for (ToolResult.Content part : result.content()) {
            size.count(part.value());
        }
        if (result.hasDetails()) {
            size.count(result.details());
        }
        return size.left >= 0;
    }

    private void count(@Nullable Object value) {
        if (left < 0) {
            return;
        }
        switch (value) {
            case String text -> left -= text.length() + 3L;
            case Map<?, ?> map -> {
                left -= 2;
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    count(entry.getKey());
                    count(entry.getValue());
                }
            }
            case List<?> list -> {
                left -= 2;
                for (Object item : list) {
                    count(item);
                }
            }
            case null, default -> left -= 8;
        }
    }
}
