package dev.portcullis.gateway.runtime.cli;

/** Keeps a column from wrapping. */
final class Shorten {
    private Shorten() {}

    static String to(String text, int width) {
        String line = text.lines().findFirst().orElse("");
        return line.length() <= width ? line : line.substring(0, width - 1).stripTrailing() + "…";
    }
}
