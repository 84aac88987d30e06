package dev.portcullis.gateway.runtime.http;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The Date header, worked out once a second. */
final class HttpDate {
    /** RFC 9110 section 5.6.7; the JDK's own RFC 1123 format has days of one digit. */
    private static final DateTimeFormatter IMF_FIXDATE = new DateTimeFormatterBuilder()
            .appendText(ChronoField.DAY_OF_WEEK, numbered("Mon Tue Wed Thu Fri Sat Sun"))
            .appendPattern(", dd ")
            .appendText(ChronoField.MONTH_OF_YEAR, numbered("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"))
            .appendPattern(" yyyy HH:mm:ss 'GMT'")
            .toFormatter(Locale.ROOT);

    private record Second(long epoch, String line) {}

    private static volatile Second current = new Second(0, "");

    private HttpDate() {}

    /** The words of the protocol; those of a locale are slow to look up. */
    private static Map<Long, String> numbered(String words) {
        Map<Long, String> numbered = new LinkedHashMap<>();
        for (String word : words.split(" ", -1)) {
            numbered.put(numbered.size() + 1L, word);
        }
        return numbered;
    }

    /** The whole header line, with its line end. */
    static String line() {
        long epoch = System.currentTimeMillis() / 1_000;
        Second known = current;
        if (known.epoch != epoch) {
            known = new Second(epoch, "Date: " + text(epoch) + "\r\n");
            current = known;
        }
        return known.line;
    }

    static String text(long epochSecond) {
        return IMF_FIXDATE.format(Instant.ofEpochSecond(epochSecond).atOffset(ZoneOffset.UTC));
    }
}
