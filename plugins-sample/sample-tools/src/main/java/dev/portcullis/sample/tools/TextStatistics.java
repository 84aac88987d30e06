package dev.portcullis.sample.tools;

import java.text.BreakIterator;
import java.util.Locale;

/** What can be counted in a text. Characters are code points. */
record TextStatistics(long characters, long words, long sentences) {
    private static final long SECONDS_PER_MINUTE = 60;

    static TextStatistics of(String text) {
        return new TextStatistics(
                text.codePointCount(0, text.length()),
                count(BreakIterator.getWordInstance(Locale.ROOT), text),
                count(BreakIterator.getSentenceInstance(Locale.ROOT), text));
    }

    long readingSeconds(long wordsPerMinute) {
        return Math.ceilDiv(words * SECONDS_PER_MINUTE, wordsPerMinute);
    }

    private static long count(BreakIterator pieces, String text) {
        pieces.setText(text);
        long count = 0;
        int start = pieces.first();
        for (int end = pieces.next(); end != BreakIterator.DONE; end = pieces.next()) {
            if (saysSomething(text, start, end)) {
                count++;
            }
            start = end;
        }
        return count;
    }

    private static boolean saysSomething(String text, int start, int end) {
        int at = start;
        while (at < end) {
            int character = text.codePointAt(at);
            if (Character.isLetterOrDigit(character)) {
                return true;
            }
            at += Character.charCount(character);
        }
        return false;
    }
}
