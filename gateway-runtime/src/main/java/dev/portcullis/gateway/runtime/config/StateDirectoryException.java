package dev.portcullis.gateway.runtime.config;

import java.nio.file.Path;

/** The state directory cannot be trusted or used. The message is for operators. */
public final class StateDirectoryException extends Exception {
    private static final long serialVersionUID = 1L;

    StateDirectoryException(Path where, String what, String advice) {
        super(where + ": " + what + ". " + advice);
    }
}
