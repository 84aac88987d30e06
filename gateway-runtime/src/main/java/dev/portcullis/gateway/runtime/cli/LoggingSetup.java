package dev.portcullis.gateway.runtime.cli;

import dev.portcullis.gateway.runtime.config.LoggingConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.ConsoleHandler;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/** Sends the log where the configuration says: standard error, and a file if one is named. */
final class LoggingSetup {
    private static final String OURS = "dev.portcullis";

    /** Levels are held by loggers, and loggers only by whoever refers to them. */
    private static final List<Logger> HELD = new ArrayList<>();

    private LoggingSetup() {}

    /** For commands that are over soon: warnings on standard error and nothing else. */
    static void forCommands() {
        apply(System.Logger.Level.WARNING, console());
    }

    /** For the gateway. */
    static void forGateway(LoggingConfig config) throws IOException {
        List<Handler> handlers = new ArrayList<>(List.of(console()));
        if (config.file().isPresent()) {
            handlers.add(file(config.file().get()));
        }
        apply(config.level(), handlers.toArray(Handler[]::new));
    }

    private static synchronized void apply(System.Logger.Level level, Handler... handlers) {
        LogManager.getLogManager().reset();
        Logger root = Logger.getLogger("");
        for (Handler handler : handlers) {
            handler.setLevel(Level.ALL);
            root.addHandler(handler);
        }
        HELD.clear();
        HELD.add(root);
        root.setLevel(Level.WARNING);
        Logger ours = Logger.getLogger(OURS);
        ours.setLevel(julLevel(level));
        HELD.add(ours);
    }

    private static Handler console() {
        ConsoleHandler console = new ConsoleHandler();
        console.setFormatter(new LogLine());
        return console;
    }

    private static Handler file(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        if (Files.notExists(file)
                && file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        // A % is FileHandler's own; one that is meant is written twice.
        FileHandler handler = new FileHandler(file.toString().replace("%", "%%"), 0, 1, true);
        handler.setFormatter(new LogLine());
        handler.setEncoding("UTF-8");
        return handler;
    }

    private static Level julLevel(System.Logger.Level level) {
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
