package dev.portcullis.gateway.runtime.cli;

import dev.portcullis.gateway.runtime.config.LoggingConfig;
import dev.portcullis.gateway.runtime.config.TextRedaction;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/** Sends the log where the configuration says: standard error, and a file if one is named. */
final class LoggingSetup {
    /** Levels are held by loggers, and loggers only by whoever refers to them. */
    private static final List<Logger> HELD = new ArrayList<>();

    private static volatile Optional<RotatingFile> written = Optional.empty();

    private LoggingSetup() {}

    /** To be called when somebody says that the file was moved away; it would be noticed within a second otherwise. */
    static void reopen() {
        written.ifPresent(RotatingFile::reopen);
    }

    /** For commands that are over soon: warnings on standard error and nothing else. */
    static void forCommands() {
        LoggingConfig config = LoggingConfig.of(System.Logger.Level.WARNING);
        apply(new LogLevels(config), console(config));
    }

    /** For the gateway. */
    static void forGateway(LoggingConfig config) throws IOException {
        TextRedaction.use(config.redactPatterns());
        LogLevels levels = new LogLevels(config);
        List<Handler> handlers = new ArrayList<>();
        handlers.add(console(config));
        if (config.file().isPresent()) {
            RotatingFile file = new RotatingFile(config.file().get(), config.maxFileBytes(), new JsonLogLine());
            file.setFilter(levels.filter(config.level()));
            handlers.add(file);
            written = Optional.of(file);
        }
        apply(levels, handlers.toArray(Handler[]::new));
    }

    private static synchronized void apply(LogLevels levels, Handler... handlers) {
        LogManager.getLogManager().reset();
        Logger root = Logger.getLogger("");
        for (Handler handler : handlers) {
            handler.setLevel(Level.ALL);
            root.addHandler(handler);
        }
        HELD.clear();
        levels.loggers().forEach((name, level) -> {
            Logger logger = Logger.getLogger(name);
            logger.setLevel(level);
            HELD.add(logger);
        });
    }

    private static Handler console(LoggingConfig config) {
        ConsoleHandler console = new ConsoleHandler();
        console.setFormatter(formatter(config.console().style()));
        console.setFilter(new LogLevels(config).filter(config.console().level()));
        return console;
    }

    private static Formatter formatter(LoggingConfig.Style style) {
        return switch (style) {
            case PRETTY -> new LogLine(false);
            case COMPACT -> new LogLine(true);
            case JSON -> new JsonLogLine();
        };
    }
}
