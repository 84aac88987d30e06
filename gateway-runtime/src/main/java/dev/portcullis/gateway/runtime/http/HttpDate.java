package dev.portcullis.gateway.runtime.http;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The Date header, worked out once a second. */
final class HttpDate {
    private record Second(long epoch, String text) {}

    private static volatile Second current = new Second(0, "");

    private HttpDate() {}

    static String now() {
        long epoch = System.currentTimeMillis() / 1_000;
        Second known = current;
        if (known.epoch != epoch) {
            known = new Second(
                    epoch,
                    DateTimeFormatter.RFC_1123_DATE_TIME.format(
                            Instant.ofEpochSecond(epoch).atOffset(ZoneOffset.UTC)));
            current = known;
        }
        return known.text.replace("+0000", "GMT");
    }
}
