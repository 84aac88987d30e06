package dev.portcullis.gateway.runtime.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
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

    /** A hundred years. */
    private static final long MOST_DAYS = 36_500;

    private final Section logging;
    private final ConfigEnvironment environment;
    private final Path base;

    LoggingReader(Section logging, ConfigEnvironment environment, Path base) {
        this.logging = logging;
        this.environment = environment;
        this.base = base;
    }

    LoggingConfig log() {
        Optional<System.Logger.Level> variable =
                environment.first("PORTCULLIS_LOG_LEVEL", "OPENCLAW_LOG_LEVEL").map(found -> LEVELS.get(found.value()));
        Optional<System.Logger.Level> writtenLevel = level(logging, "level");
        Optional<System.Logger.Level> writtenConsole = level(logging, "consoleLevel");
        System.Logger.Level level = variable.or(() -> writtenLevel).orElse(System.Logger.Level.INFO);
        return new LoggingConfig(
                level,
                file(logging),
                logging.number("maxFileBytes", 64L * 1024, Long.MAX_VALUE).orElse(LoggingConfig.MAX_FILE_BYTES),
                new LoggingConfig.Console(
                        variable.or(() -> writtenConsole).orElse(level),
                        logging.choice("consoleStyle", LoggingConfig.Style.class)
                                .orElse(LoggingConfig.Style.PRETTY)),
                patterns(),
                levels());
    }

    AuditConfig audit() {
        Section audit = logging.section("audit");
        Section kept = audit.section("retention");
        Optional<Duration> age = kept.number("days", 1, MOST_DAYS).map(Duration::ofDays);
        Optional<Long> bytes = kept.number("bytes", 2 * AuditConfig.SMALLEST_FILE, Long.MAX_VALUE);
        Optional<Long> written = audit.number("maxFileBytes", AuditConfig.SMALLEST_FILE, Long.MAX_VALUE);
        long largest = written.or(() -> bytes.map(AuditConfig::fileFor)).orElse(AuditConfig.LARGEST_FILE);
        bytes.ifPresent(all -> checkFiles(kept, all, largest));
        kept.close();
        AuditConfig read = new AuditConfig(
                audit.flag("enabled").orElse(true),
                file(audit),
                largest,
                audit.flag("required").orElse(false),
                audit.choice("durability", AuditConfig.Durability.class).orElse(AuditConfig.Durability.BATCH),
                new AuditConfig.Retention(
                        age, bytes.orElseGet(() -> AuditConfig.usual(largest).bytes())));
        if (read.required() && !read.enabled()) {
            audit.error(
                    "required",
                    "no tool could run: logging.audit.enabled is false, so nothing is recorded",
                    "Remove logging.audit.enabled, or this.");
        }
        audit.close();
        logging.close();
        return read;
    }

    private static void checkFiles(Section kept, long bytes, long largest) {
        if (bytes / 2 < largest) {
            kept.error(
                    "bytes",
                    bytes + " is less than two files of logging.audit.maxFileBytes, which is " + largest,
                    "Raise it, or lower or remove logging.audit.maxFileBytes.");
        } else if (bytes / AuditConfig.MOST_FILES > largest) {
            kept.error(
                    "bytes",
                    bytes + " is more than " + AuditConfig.MOST_FILES
                            + " files of logging.audit.maxFileBytes, which is " + largest,
                    "Raise or remove logging.audit.maxFileBytes, or lower it.");
        }
    }

    private static Optional<System.Logger.Level> level(Section section, String key) {
        return section.text(key).flatMap(written -> {
            System.Logger.Level level = LEVELS.get(written);
            if (level == null) {
                section.unknownWord(key, written, WORDS);
            }
            return Optional.ofNullable(level);
        });
    }

    private Map<String, System.Logger.Level> levels() {
        Section levels = logging.section("levels");
        Map<String, System.Logger.Level> read = new HashMap<>();
        for (String room : LoggingConfig.ROOMS) {
            level(levels, room).ifPresent(level -> read.put(room, level));
        }
        levels.close();
        return read;
    }

    private List<String> patterns() {
        List<String> patterns = new ArrayList<>();
        for (String written : logging.texts("redactPatterns").orElse(List.of())) {
            try {
                RedactPattern.compile(written);
                patterns.add(written);
            } catch (IllegalArgumentException unusable) {
                logging.error(
                        "redactPatterns",
                        "one of the patterns cannot be used: " + unusable.getMessage(),
                        "Write a simpler regular expression, or /…/i with flags.");
            }
        }
        return patterns;
    }

    private Optional<Path> file(Section section) {
        return section.text("file")
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .flatMap(text -> section.file("file", text, environment, base));
    }
}
