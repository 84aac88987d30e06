package dev.portcullis.gateway.runtime.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** {@code logging.redactPatterns}: the source of a regular expression, or {@code /source/flags}. */
final class RedactPattern {
    private static final Pattern DELIMITED = Pattern.compile("/(.*)/([gimsuy]*)", Pattern.DOTALL);
    private static final int LONGEST = 1_000;

    /** A repeated group that repeats inside: time beyond all measure for a text that nearly fits. */
    private static final Pattern NESTED =
            Pattern.compile("\\((?:[^()\\\\]|\\\\.)*[+*}](?:[^()\\\\]|\\\\.)*\\)(?:[+*]|\\{\\d+,)");

    private RedactPattern() {}

    /**
     * Compiles one.
     *
     * @throws IllegalArgumentException with what is wrong with it, without quoting it
     */
    static Pattern compile(String written) {
        Matcher delimited = DELIMITED.matcher(written);
        boolean flagged = delimited.matches();
        String source = flagged ? delimited.group(1) : written;
        String flags = flagged ? delimited.group(2) : "i";
        if (source.isEmpty() || source.length() > LONGEST) {
            throw new IllegalArgumentException("it has " + source.length() + " characters, not 1 to " + LONGEST);
        }
        if (NESTED.matcher(source).find()) {
            throw new IllegalArgumentException("a group that repeats is repeated itself, which may take for ever");
        }
        int options = (flags.contains("i") ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0)
                | (flags.contains("m") ? Pattern.MULTILINE : 0)
                | (flags.contains("s") ? Pattern.DOTALL : 0);
        try {
            Pattern pattern = Pattern.compile(source, options);
            if (pattern.matcher("").find()) {
                throw new IllegalArgumentException("it fits nothing at all, and so everywhere");
            }
            return pattern;
        } catch (PatternSyntaxException malformed) {
            throw new IllegalArgumentException(
                    "it is no regular expression: " + malformed.getDescription() + " at " + malformed.getIndex());
        }
    }
}
