package dev.portcullis.gateway.runtime.cli;

import dev.portcullis.gateway.runtime.config.LoggingConfig;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Filter;
import java.util.logging.Level;

/** Which entries go where: a level for each place, and another one for rooms that were given one. */
final class LogLevels {
    static final String OURS = "dev.portcullis";
    private static final String ROOMS = "dev.portcullis.gateway.runtime.";
    private static final String PLUGINS = "dev.portcullis.plugin";

    /** Says again, with the expression of the schema, what is said of the plugin. */
    private static final String SCHEMAS = "com.networknt.schema";

    private final LoggingConfig config;

    LogLevels(LoggingConfig config) {
        this.config = config;
    }

    /** By the name of a logger; {@code ""} is everybody's. */
    Map<String, Level> loggers() {
        Map<String, Level> levels = new LinkedHashMap<>();
        levels.put("", Level.WARNING);
        levels.put(SCHEMAS, Level.OFF);
        levels.put(OURS, lower(jul(config.level()), jul(config.console().level())));
        config.levels().forEach((room, level) -> levels.put(logger(room), jul(level)));
        return levels;
    }

    private static Level lower(Level one, Level other) {
        return one.intValue() < other.intValue() ? one : other;
    }

    /** What passes to a place with a level; what a room's own level lets pass goes everywhere. */
    Filter filter(System.Logger.Level place) {
        int least = jul(place).intValue();
        return record -> record.getLevel().intValue() >= least || ownLevel(String.valueOf(record.getLoggerName()));
    }

    private boolean ownLevel(String logger) {
        return config.levels().keySet().stream()
                .map(LogLevels::logger)
                .anyMatch(room -> !room.isEmpty() && (logger.equals(room) || logger.startsWith(room + ".")));
    }

    private static String logger(String room) {
        return switch (room) {
            case "plugins" -> PLUGINS;
            case "libraries" -> "";
            default -> ROOMS + room;
        };
    }

    private static Level jul(System.Logger.Level level) {
        return switch (level) {
            case ALL -> Level.ALL;
            case TRACE -> Level.FINER;
            case DEBUG -> Level.FINE;
            case INFO -> Level.INFO;
            case WARNING -> Level.WARNING;
            case ERROR -> Level.SEVERE;
            case OFF -> Level.OFF;
        };
    }
}
