package dev.portcullis.sample.tools;

import dev.portcullis.gateway.api.plugin.PluginContext;
import dev.portcullis.gateway.api.plugin.PluginException;
import dev.portcullis.gateway.api.tool.Arguments;
import dev.portcullis.gateway.api.tool.InputSchema;
import dev.portcullis.gateway.api.tool.Tool;
import dev.portcullis.gateway.api.tool.ToolDescriptor;
import dev.portcullis.gateway.api.tool.ToolInputException;
import dev.portcullis.gateway.api.tool.ToolProvider;
import dev.portcullis.gateway.api.tool.ToolResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Three tools that need no network: {@code text_statistics}, {@code markdown_to_html} and {@code markdown_outline}.
 *
 * <p>To try it, put the folder {@code textkit} into {@code plugins/} and name the tools in the configuration:
 *
 * <pre>{@code
 * tools.allow = ["text_statistics", "markdown_to_html", "markdown_outline"]
 * plugins.entries.textkit.config.maxCharacters = 100000
 * }</pre>
 *
 * <p>What to take from it: the name is fixed and needs no I/O; settings are read once, in {@link #tools}, and a bad one is
 * explained to the operator; schemas describe every argument, so {@code invoke} finds them present and of the right type;
 * what only the plugin can know to be wrong is a {@link ToolInputException}, whose message the caller sees.
 */
public final class TextTools implements ToolProvider {
    private static final long DEFAULT_MAXIMUM = 200_000;
    private static final long READING_SPEED = 220;

    /** Created by the gateway. */
    public TextTools() {}

    @Override
    public String name() {
        return "textkit";
    }

    @Override
    public List<Tool> tools(PluginContext context) {
        long maximum = context.config().integer("maxCharacters").orElse(DEFAULT_MAXIMUM);
        if (maximum < 1) {
            throw new PluginException("plugins.entries.textkit.config.maxCharacters is " + maximum
                    + ", so every text would be too long. Set it to at least 1, or remove it for " + DEFAULT_MAXIMUM
                    + ".");
        }
        return List.of(statistics(maximum), toHtml(maximum), outline(maximum));
    }

    private static Tool statistics(long maximum) {
        ToolDescriptor descriptor = ToolDescriptor.named("text_statistics")
                .description("Counts characters, words and sentences of a text and estimates how long it takes to read")
                .input(InputSchema.object()
                        .requiredString("text", "The text to look at")
                        .optionalInteger("wordsPerMinute", 1, 10_000, "Reading speed; 220 unless given"))
                .build();
        return Tool.of(descriptor, call -> {
            String text = text(call.arguments(), "text", maximum);
            long speed = call.arguments().optionalInteger("wordsPerMinute").orElse(READING_SPEED);
            TextStatistics statistics = TextStatistics.of(text);
            Map<String, Object> result = new LinkedHashMap<>(); // answers keep its order
            result.put("characters", statistics.characters());
            result.put("words", statistics.words());
            result.put("sentences", statistics.sentences());
            result.put("readingSeconds", statistics.readingSeconds(speed));
            return ToolResult.of(result);
        });
    }

    private static Tool toHtml(long maximum) {
        ToolDescriptor descriptor = ToolDescriptor.named("markdown_to_html")
                .description(
                        "Renders Markdown (CommonMark) as HTML; raw HTML in it is escaped, unsafe links are emptied")
                .input(InputSchema.object().requiredString("markdown", "The text to render"))
                .build();
        return Tool.of(
                descriptor, call -> ToolResult.text(Markdown.toHtml(text(call.arguments(), "markdown", maximum))));
    }

    private static Tool outline(long maximum) {
        ToolDescriptor descriptor = ToolDescriptor.named("markdown_outline")
                .description("Lists the headings of a Markdown text with their levels")
                .input(InputSchema.object()
                        .requiredString("markdown", "The text to look at")
                        .optionalInteger("depth", 1, 6, "Deepest level to list; 6 unless given"))
                .build();
        return Tool.of(descriptor, call -> {
            String markdown = text(call.arguments(), "markdown", maximum);
            long depth = call.arguments().optionalInteger("depth").orElse(6L);
            return ToolResult.of(Markdown.headings(markdown).stream()
                    .filter(heading -> heading.level() <= depth)
                    .map(TextTools::entry)
                    .toList());
        });
    }

    private static Map<String, Object> entry(Markdown.Title heading) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("level", heading.level());
        entry.put("title", heading.title());
        return entry;
    }

    private static String text(Arguments arguments, String name, long maximum) {
        String text = arguments.string(name);
        if (text.length() > maximum) {
            throw new ToolInputException(
                    name + " has " + text.length() + " characters; at most " + maximum + " are accepted");
        }
        return text;
    }
}
