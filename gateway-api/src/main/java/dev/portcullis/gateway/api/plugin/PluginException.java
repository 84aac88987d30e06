package dev.portcullis.gateway.api.plugin;

import java.io.Serial;

/**
 * A plugin cannot start as configured. The message is shown to the operator: say what is wrong, where, and what to do, and
 * never a secret.
 */
public class PluginException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what is wrong, where, and what to do
     */
    public PluginException(String message) {
        super(message);
    }

    /**
     * Creates the exception with a cause.
     *
     * @param message what is wrong, where, and what to do
     * @param cause what led to it
     */
    public PluginException(String message, Throwable cause) {
        super(message, cause);
    }
}
