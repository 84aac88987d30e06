package dev.portcullis.gateway.runtime.http;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The Date header, worked out once a second. */
final class HttpDate {
    /** RFC 9110 section 5.6.7; the JDK's own RFC 1123 format has days of one digit. */
    private static final DateTimeFormatter IMF_FIXDATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);

    private record Second(long epoch, String line) {}

    private static volatile Second current = new Second(0, "");

    private HttpDate() {}

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
