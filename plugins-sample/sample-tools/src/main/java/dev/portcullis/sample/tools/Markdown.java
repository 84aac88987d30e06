package dev.portcullis.sample.tools;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.text.TextContentRenderer;

/** The library behind the Markdown tools; nothing of it leaves this class. Parser and renderers may be shared. */
final class Markdown {
    /** A heading without its markup. */
    record Title(long level, String title) {}

    private static final Parser PARSER = Parser.builder().build();
    private static final HtmlRenderer HTML =
            HtmlRenderer.builder().escapeHtml(true).sanitizeUrls(true).build();
    private static final TextContentRenderer TEXT =
            TextContentRenderer.builder().build();

    private Markdown() {}

    static String toHtml(String markdown) {
        return HTML.render(PARSER.parse(markdown));
    }

    static List<Title> headings(String markdown) {
        List<Title> titles = new ArrayList<>();
        Node document = PARSER.parse(markdown);
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(Heading heading) {
                titles.add(new Title(heading.getLevel(), TEXT.render(heading).strip()));
            }
        });
        return List.copyOf(titles);
    }
}
