package dev.portcullis.sample.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.portcullis.gateway.api.plugin.PluginConfig;
import dev.portcullis.gateway.api.plugin.PluginContext;
import dev.portcullis.gateway.api.plugin.PluginException;
import dev.portcullis.gateway.api.tool.Arguments;
import dev.portcullis.gateway.api.tool.Tool;
import dev.portcullis.gateway.api.tool.ToolInputException;
import dev.portcullis.gateway.api.tool.ToolInvocation;
import dev.portcullis.gateway.api.tool.ToolResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TextToolsTest {
    @Test
    void threeToolsAreContributed() {
        assertEquals(
                List.of("text_statistics", "markdown_to_html", "markdown_outline"),
                tools(Optional.empty()).stream()
                        .map(tool -> tool.descriptor().name())
                        .toList());
    }

    @Test
    void aTextIsCounted() throws Exception {
        ToolResult result = invoke("text_statistics", Map.of("text", "Hello, wörld! How are you? 😀"));

        assertEquals(Map.of("characters", 28L, "words", 5L, "sentences", 2L, "readingSeconds", 2L), result.details());
    }

    @Test
    void theReadingSpeedIsTheCallers() throws Exception {
        ToolResult result = invoke("text_statistics", Map.of("text", "one two three", "wordsPerMinute", 1L));

        assertEquals(180L, ((Map<?, ?>) result.details()).get("readingSeconds"));
    }

    @Test
    void markdownBecomesHtmlThatIsSafeToShow() throws Exception {
        ToolResult result = invoke(
                "markdown_to_html",
                Map.of("markdown", "# Hi\n\n<script>x</script>\n\n[click](javascript:alert(1)) *now*"));

        String html = (String) result.content().getFirst().value();
        assertTrue(html.startsWith("<h1>Hi</h1>"), html);
        assertTrue(html.contains("&lt;script&gt;"), html);
        assertTrue(html.contains("<em>now</em>"), html);
        assertTrue(!html.contains("javascript:"), html);
    }

    @Test
    void theOutlineHasHeadingsWithoutMarkup() throws Exception {
        ToolResult result = invoke(
                "markdown_outline", Map.of("markdown", "# A *big* plan\ntext\n## Step `one`\n### Detail", "depth", 2L));

        assertEquals(
                List.of(Map.of("level", 1L, "title", "A big plan"), Map.of("level", 2L, "title", "Step \"one\"")),
                result.details());
    }

    @Test
    void aTextBeyondTheLimitIsTheCallersMistake() {
        ToolInputException refused = assertThrows(
                ToolInputException.class,
                () -> invoke(Optional.of(5L), "markdown_to_html", Map.of("markdown", "123456")));

        assertEquals("markdown has 6 characters; at most 5 are accepted", refused.getMessage());
    }

    @Test
    void aLimitThatAllowsNothingStopsTheLoad() {
        PluginException refused = assertThrows(PluginException.class, () -> tools(Optional.of(0L)));

        assertTrue(refused.getMessage().contains("plugins.entries.textkit.config.maxCharacters is 0"));
    }

    private static ToolResult invoke(String name, Map<String, Object> arguments) throws Exception {
        return invoke(Optional.empty(), name, arguments);
    }

    private static ToolResult invoke(Optional<Long> maximum, String name, Map<String, Object> arguments)
            throws Exception {
        Arguments given = mock(Arguments.class);
        when(given.string(anyString())).thenAnswer(call -> arguments.get(call.<String>getArgument(0)));
        when(given.optionalInteger(anyString()))
                .thenAnswer(call -> Optional.ofNullable(arguments.get(call.<String>getArgument(0))));
        ToolInvocation call = mock(ToolInvocation.class);
        when(call.arguments()).thenReturn(given);
        Tool tool = tools(maximum).stream()
                .filter(candidate -> candidate.descriptor().name().equals(name))
                .findFirst()
                .orElseThrow();
        return tool.invoke(call);
    }

    private static List<Tool> tools(Optional<Long> maximum) {
        PluginConfig config = mock(PluginConfig.class);
        when(config.integer("maxCharacters")).thenReturn(maximum);
        PluginContext context = mock(PluginContext.class);
        when(context.config()).thenReturn(config);
        return new TextTools().tools(context);
    }
}
