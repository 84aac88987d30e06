package dev.portcullis.gateway.runtime.cli;

import dev.portcullis.gateway.runtime.config.TextRedaction;
import dev.portcullis.gateway.runtime.telemetry.CallArguments;
import dev.portcullis.gateway.runtime.telemetry.Correlation;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/**
 * A log record as it may be shown: without secrets, and without characters that could pretend to be something else.
 *
 * @param room of the gateway, a plugin's name with {@code plugin:} before it, or the class of a library
 * @param trace stack trace; empty if there is none
 * @param correlation what the thread worked for; null if for nothing
 */
record LogEntry(
        Instant time,
        String level,
        String room,
        String message,
        String trace,
        @Nullable Correlation correlation) {
    private static final String OURS = "dev.portcullis.gateway.";
    private static final String PLUGINS = "dev.portcullis.plugin.";
    private static final int LONGEST_MESSAGE = 32 * 1024;
    private static final int LONGEST_TRACE = 64 * 1024;

    static LogEntry of(LogRecord record, Formatter formatter) {
        String logger = String.valueOf(record.getLoggerName());
        boolean ours = logger.startsWith(OURS);
        return new LogEntry(
                record.getInstant(),
                level(record.getLevel()),
                room(logger),
                clean(String.valueOf(formatter.formatMessage(record)), ours, LONGEST_MESSAGE),
                record.getThrown() == null ? "" : clean(trace(record.getThrown()), ours, LONGEST_TRACE),
                Correlation.current());
    }

    /**
     * Secrets first: what is cut off or cleaned out of them would make them unknown. Then, of others than the gateway, which never
     * names them, the arguments of the call whose tool runs on this thread.
     */
    private static String clean(String text, boolean ours, int longest) {
        String safe = TextRedaction.of(text);
        String shown = Printable.text(ours ? safe : CallArguments.takenOutOf(safe))
                .replace('\u2028', ' ')
                .replace('\u2029', ' ');
        return shown.length() <= longest ? shown : shown.substring(0, longest) + "…";
    }

    /** An exception is plugin code too. */
    private static String trace(Throwable thrown) {
        try {
            StringWriter text = new StringWriter();
            thrown.printStackTrace(new PrintWriter(text, true));
            return text.toString();
        } catch (RuntimeException | Error twice) {
            return thrown.getClass().getName() + " (which cannot be printed)";
        }
    }

    private static String level(Level level) {
        if (level.intValue() >= Level.SEVERE.intValue()) {
            return "error";
        }
        if (level.intValue() >= Level.WARNING.intValue()) {
            return "warn";
        }
        if (level.intValue() >= Level.INFO.intValue()) {
            return "info";
        }
        return level.intValue() >= Level.FINE.intValue() ? "debug" : "trace";
    }

    /** Our rooms by their name, everything else by its class. */
    private static String room(String logger) {
        if (logger.startsWith(PLUGINS)) {
            return "plugin:" + Printable.line(logger.substring(PLUGINS.length()));
        }
        if (logger.startsWith(OURS)) {
            String[] parts = logger.substring(OURS.length()).split("\\.", -1);
            return parts[0].equals("runtime") && parts.length > 2 ? parts[1] : parts[0];
        }
        return Printable.line(logger.substring(logger.lastIndexOf('.') + 1));
    }
}
