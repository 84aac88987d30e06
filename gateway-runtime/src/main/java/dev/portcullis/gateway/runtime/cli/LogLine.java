package dev.portcullis.gateway.runtime.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/** {@code 2026-11-21T04:05:06.789+00:00 WARN  [policy] text}, and the stack trace if there is one. */
final class LogLine extends Formatter {
    private static final String OURS = "dev.portcullis.gateway.";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSxxx").withZone(ZoneId.systemDefault());

    @Override
    public String format(LogRecord entry) {
        StringBuilder line = new StringBuilder(TIME.format(entry.getInstant()))
                .append(' ')
                .append(level(entry.getLevel()))
                .append(" [")
                .append(room(String.valueOf(entry.getLoggerName())))
                .append("] ")
                .append(Printable.text(String.valueOf(formatMessage(entry))))
                .append('\n');
        if (entry.getThrown() != null) {
            StringWriter trace = new StringWriter();
            entry.getThrown().printStackTrace(new PrintWriter(trace, true));
            line.append(Printable.text(trace.toString()));
        }
        return line.toString();
    }

    private static String level(Level level) {
        if (level.intValue() >= Level.SEVERE.intValue()) {
            return "ERROR";
        }
        if (level.intValue() >= Level.WARNING.intValue()) {
            return "WARN ";
        }
        return level.intValue() >= Level.INFO.intValue() ? "INFO " : "DEBUG";
    }

    /** Our rooms by their name, everything else by its class. */
    private static String room(String logger) {
        if (logger.startsWith(OURS)) {
            String[] parts = logger.substring(OURS.length()).split("\\.", -1);
            return parts[0].equals("runtime") && parts.length > 2 ? parts[1] : parts[0];
        }
        return logger.substring(logger.lastIndexOf('.') + 1);
    }
}
