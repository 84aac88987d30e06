package dev.portcullis.gateway.runtime.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A tool's result as people read it: its texts; anything else as JSON. */
final class ResultText {
    private ResultText() {}

    static List<String> lines(@Nullable Object result) {
        List<Fields> content = Fields.of(result).objects("content");
        if (content.isEmpty()) {
            return List.of(Printable.text(Json.pretty(result)));
        }
        List<String> lines = new ArrayList<>();
        for (Fields part : content) {
            switch (part.text("type")) {
                case "text" -> lines.add(Printable.text(part.text("text")));
                case "image", "audio" ->
                    lines.add("[" + part.text("type") + ", " + Printable.line(part.text("mimeType")) + ": use --json]");
                default -> lines.add("[" + Printable.line(part.text("type")) + ": use --json]");
            }
        }
        return lines;
    }
}
