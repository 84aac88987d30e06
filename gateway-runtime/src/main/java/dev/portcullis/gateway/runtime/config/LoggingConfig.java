package dev.portcullis.gateway.runtime.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code logging}: what goes into the gateway's log, and where it goes.
 *
 * @param file where it goes besides the console
 * @param maxFileBytes of the file, before it is put aside and begun anew
 * @param redactPatterns what is taken out besides what always is
 * @param levels by room
 */
public record LoggingConfig(
        System.Logger.Level level,
        Optional<Path> file,
        long maxFileBytes,
        Console console,
        List<String> redactPatterns,
        Map<String, System.Logger.Level> levels) {
    public static final long MAX_FILE_BYTES = 100L * 1024 * 1024;

    /** What has a level of its own: the rooms of the gateway, the code of plugins, and the libraries underneath. */
    public static final List<String> ROOMS = List.of(
            "audit",
            "auth",
            "catalog",
            "cli",
            "config",
            "http",
            "invoke",
            "json",
            "operate",
            "plugin",
            "policy",
            "session",
            "telemetry",
            "tls",
            "ws",
            "plugins",
            "libraries");

    /** {@code consoleStyle}. */
    public enum Style {
        PRETTY,
        COMPACT,
        JSON
    }

    /** Standard error. */
    public record Console(System.Logger.Level level, Style style) {}

    public LoggingConfig {
        redactPatterns = List.copyOf(redactPatterns);
        levels = Map.copyOf(levels);
    }

    /** On the console only. */
    public static LoggingConfig of(System.Logger.Level level) {
        return new LoggingConfig(
                level, Optional.empty(), MAX_FILE_BYTES, new Console(level, Style.PRETTY), List.of(), Map.of());
    }
}
