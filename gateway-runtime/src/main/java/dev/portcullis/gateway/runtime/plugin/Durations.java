package dev.portcullis.gateway.runtime.plugin;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as configuration files write them: milliseconds, or a number with a unit. */
final class Durations {
    private static final Pattern FORM = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,9})?)\\s*([a-zµ]*)");

    private Durations() {}

    static Optional<Duration> parse(Object value) {
        if (!(value instanceof String) && !(value instanceof Number)) {
            return Optional.empty();
        }
        Matcher form = FORM.matcher(value.toString().strip().toLowerCase(Locale.ROOT));
        return form.matches() ? nanosOf(form.group(2)).flatMap(unit -> times(form.group(1), unit)) : Optional.empty();
    }

    private static Optional<Duration> times(String number, long nanos) {
        BigDecimal total =
                new BigDecimal(number).multiply(BigDecimal.valueOf(nanos)).setScale(0, RoundingMode.HALF_UP);
        return total.toBigInteger().bitLength() > 62
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(total.longValueExact()));
    }

    private static Optional<Long> nanosOf(String unit) {
        return Optional.ofNullable(
                switch (unit) {
                    case "ns", "nano", "nanos", "nanosecond", "nanoseconds" -> 1L;
                    case "us", "µs", "micro", "micros", "microsecond", "microseconds" -> 1_000L;
                    case "", "ms", "milli", "millis", "millisecond", "milliseconds" -> 1_000_000L;
                    case "s", "sec", "second", "seconds" -> 1_000_000_000L;
                    case "m", "min", "minute", "minutes" -> 60_000_000_000L;
                    case "h", "hour", "hours" -> 3_600_000_000_000L;
                    case "d", "day", "days" -> 86_400_000_000_000L;
                    default -> null;
                });
    }
}
