package dev.portcullis.gateway.runtime.cli;

import dev.portcullis.gateway.runtime.telemetry.Correlation;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/**
 * For people: {@code 2026-11-21T04:05:06.789+00:00 WARN  [policy] text (5F3A91C2-1)}, and the stack trace if there is one. Lines
 * after the first are indented: nothing that a caller sends can pretend to be an entry of its own.
 */
final class LogLine extends Formatter {
    private static final String INDENT = "\n    ";

    /** Apart, because the rules of time zones take longer to read than anything else of a log nobody writes to. */
    private static final class Times {
        static final DateTimeFormatter FULL = of("uuuu-MM-dd'T'HH:mm:ss.SSSxxx");
        static final DateTimeFormatter SHORT = of("HH:mm:ss");

        private static DateTimeFormatter of(String pattern) {
            return DateTimeFormatter.ofPattern(pattern).withZone(ZoneId.systemDefault());
        }
    }

    private final boolean compact;

    /** @param compact whether the time of day is enough, and the level speaks only when it is raised */
    LogLine(boolean compact) {
        this.compact = compact;
    }

    @Override
    public String format(LogRecord record) {
        LogEntry entry = LogEntry.of(record, this);
        StringBuilder line = new StringBuilder((compact ? Times.SHORT : Times.FULL).format(entry.time())).append(' ');
        String level = entry.level().toUpperCase(Locale.ROOT);
        if (!compact || !level.equals("INFO")) {
            line.append(level).append(" ".repeat(6 - level.length()));
        }
        line.append('[').append(entry.room()).append("] ").append(indented(entry.message()));
        Correlation correlation = entry.correlation();
        if (correlation != null && !entry.message().contains(correlation.invocation())) {
            line.append(" (").append(correlation.invocation()).append(')');
        }
        line.append('\n');
        if (!entry.trace().isEmpty()) {
            line.append("    ").append(indented(entry.trace())).append('\n');
        }
        return line.toString();
    }

    private static String indented(String text) {
        return text.stripTrailing().replace("\n", INDENT);
    }
}
