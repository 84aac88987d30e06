package dev.portcullis.sample.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.api.plugin.PluginException;
import dev.portcullis.gateway.testkit.Answer;
import dev.portcullis.gateway.testkit.TestGateway;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TextToolsTest {
    @Test
    void aTextIsCounted() {
        Answer answer = invoke("text_statistics", Map.of("text", "Hello, wörld! How are you? 😀"));

        assertEquals(Map.of("characters", 28L, "words", 5L, "sentences", 2L, "readingSeconds", 2L), answer.details());
    }

    @Test
    void fieldsComeInTheOrderInWhichTheyArePut() {
        Answer statistics = invoke("text_statistics", Map.of("text", "one"));
        Answer outline = invoke("markdown_outline", Map.of("markdown", "# one"));

        assertEquals(
                List.of("characters", "words", "sentences", "readingSeconds"),
                List.copyOf(((Map<?, ?>) statistics.details()).keySet()));
        assertEquals(
                List.of("level", "title"),
                List.copyOf(((Map<?, ?>) ((List<?>) outline.details()).getFirst()).keySet()));
    }

    @Test
    void theReadingSpeedIsTheCallers() {
        Answer answer = invoke("text_statistics", Map.of("text", "one two three", "wordsPerMinute", 1));

        assertEquals(180L, ((Map<?, ?>) answer.details()).get("readingSeconds"));
    }

    @Test
    void aTextIsNeeded() {
        Answer answer = invoke("text_statistics", Map.of());

        assertEquals(400, answer.status());
        assertEquals(Optional.of("text required"), answer.message());
    }

    @Test
    void markdownBecomesHtmlThatIsSafeToShow() {
        Answer answer = invoke(
                "markdown_to_html",
                Map.of("markdown", "# Hi\n\n<script>x</script>\n\n[click](javascript:alert(1)) *now*"));

        String html = answer.text();
        assertTrue(html.startsWith("<h1>Hi</h1>"), html);
        assertTrue(html.contains("&lt;script&gt;"), html);
        assertTrue(html.contains("<em>now</em>"), html);
        assertTrue(!html.contains("javascript:"), html);
    }

    @Test
    void theOutlineHasHeadingsWithoutMarkup() {
        Answer answer = invoke(
                "markdown_outline", Map.of("markdown", "# A *big* plan\ntext\n## Step `one`\n### Detail", "depth", 2));

        assertEquals(
                List.of(Map.of("level", 1L, "title", "A big plan"), Map.of("level", 2L, "title", "Step \"one\"")),
                answer.details());
    }

    @Test
    void aTextBeyondTheLimitIsTheCallersMistake() {
        try (TestGateway gateway = TestGateway.with(new TextTools())
                .config("textkit", Map.of("maxCharacters", 5))
                .start()) {
            Answer answer = gateway.invoke("markdown_to_html", Map.of("markdown", "123456"));

            assertEquals(400, answer.status());
            assertEquals(Optional.of("markdown has 6 characters; at most 5 are accepted"), answer.message());
        }
    }

    @Test
    void aLimitThatAllowsNothingStopsTheLoad() {
        TestGateway.Builder nothing = TestGateway.with(new TextTools()).config("textkit", Map.of("maxCharacters", 0));

        PluginException refused = assertThrows(PluginException.class, nothing::start);

        assertTrue(refused.getMessage().contains("plugins.entries.textkit.config.maxCharacters is 0"));
    }

    private static Answer invoke(String name, Map<String, ?> arguments) {
        try (TestGateway gateway = TestGateway.with(new TextTools()).start()) {
            return gateway.invoke(name, arguments);
        }
    }
}
