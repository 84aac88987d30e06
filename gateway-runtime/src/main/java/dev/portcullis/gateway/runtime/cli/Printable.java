package dev.portcullis.gateway.runtime.cli;

/** Text of plugins and gateways on its way to a terminal: without control characters that could steer it. */
final class Printable {
    private Printable() {}

    /** On one line. */
    static String line(String text) {
        return clean(text, false);
    }

    /** Lines and tabs stay. */
    static String text(String text) {
        return clean(text, true);
    }

    private static String clean(String text, boolean keepLines) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (!Character.isISOControl(c) && Character.getType(c) != Character.FORMAT) {
                clean.appendCodePoint(c);
            } else if (keepLines && (c == '\n' || c == '\t')) {
                clean.appendCodePoint(c);
            } else if (Character.isWhitespace(c)) {
                clean.append(' ');
            } else {
                clean.append('\ufffd');
            }
        });
        return clean.toString();
    }
}
