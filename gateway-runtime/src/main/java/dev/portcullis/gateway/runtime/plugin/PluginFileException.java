package dev.portcullis.gateway.runtime.plugin;

import java.io.Serial;
import java.util.List;

/** What was to be done with a plugin's files cannot be done. For the commands, which print message and details. */
public final class PluginFileException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient List<String> details;

    PluginFileException(String message) {
        this(message, List.of());
    }

    PluginFileException(String message, List<String> details) {
        super(message);
        this.details = List.copyOf(details);
    }

    public List<String> details() {
        return details;
    }
}
