package dev.portcullis.gateway.runtime.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code logging}. */
final class LoggingReader {
    private static final Map<String, System.Logger.Level> LEVELS = Map.of(
            "silent", System.Logger.Level.OFF,
            "fatal", System.Logger.Level.ERROR,
            "error", System.Logger.Level.ERROR,
            "warn", System.Logger.Level.WARNING,
            "warning", System.Logger.Level.WARNING,
            "info", System.Logger.Level.INFO,
            "debug", System.Logger.Level.DEBUG,
            "trace", System.Logger.Level.TRACE);
    private static final List<String> WORDS = List.of("silent", "fatal", "error", "warn", "info", "debug", "trace");

    private final Section logging;
    private final ConfigEnvironment environment;
    private final Path base;

    LoggingReader(Section logging, ConfigEnvironment environment, Path base) {
        this.logging = logging;
        this.environment = environment;
        this.base = base;
    }

    LoggingConfig log() {
        return new LoggingConfig(level(), file(logging));
    }

    AuditConfig audit() {
        Section audit = logging.section("audit");
        AuditConfig read = new AuditConfig(
                audit.flag("enabled").orElse(true),
                file(audit),
                audit.number("maxFileBytes", 64 * 1024, Long.MAX_VALUE).orElse(AuditConfig.LARGEST_FILE));
        audit.close();
        logging.close();
        return read;
    }

    private System.Logger.Level level() {
        Optional<String> written = logging.text("level");
        var variable = environment.first("PORTCULLIS_LOG_LEVEL", "OPENCLAW_LOG_LEVEL");
        if (variable.isPresent() && LEVELS.containsKey(variable.get().value())) {
            return LEVELS.get(variable.get().value());
        }
        if (written.isEmpty()) {
            return System.Logger.Level.INFO;
        }
        System.Logger.Level level = LEVELS.get(written.get());
        if (level == null) {
            logging.unknownWord("level", written.get(), WORDS);
            return System.Logger.Level.INFO;
        }
        return level;
    }

    private Optional<Path> file(Section section) {
        return section.text("file")
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .flatMap(text -> section.file("file", text, environment, base));
    }
}
