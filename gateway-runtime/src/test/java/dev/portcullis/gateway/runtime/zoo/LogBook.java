package dev.portcullis.gateway.runtime.zoo;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What the gateway and its plugins log while it is open. */
public final class LogBook implements AutoCloseable {
    private final Logger logger = Logger.getLogger("dev.portcullis");
    private final List<String> lines = new ArrayList<>();
    private final Handler handler = new Handler() {
        private final SimpleFormatter formatter = new SimpleFormatter();

        @Override
        public void publish(LogRecord line) {
            synchronized (lines) {
                lines.add(line.getLevel() + " " + formatter.formatMessage(line));
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    public LogBook() {
        logger.addHandler(handler);
    }

    /** What was said that has all the parts. */
    public List<String> with(String... parts) {
        synchronized (lines) {
            return lines.stream()
                    .filter(line -> List.of(parts).stream().allMatch(line::contains))
                    .toList();
        }
    }

    String all() {
        synchronized (lines) {
            return String.join("\n", lines);
        }
    }

    @Override
    public void close() {
        logger.removeHandler(handler);
    }
}
