package dev.portcullis.gateway.runtime.config;

import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** Somebody else could have written a file that decides something. Its message says who, and what to do. */
public final class UntrustedFileException extends FileSystemException {
    private static final long serialVersionUID = 1L;

    private final transient Path at;
    private final String what;
    private final String advice;

    UntrustedFileException(Path at, String what, String advice) {
        super(at.toString(), null, what + " " + advice);
        this.at = at;
        this.what = what;
        this.advice = advice;
    }

    /** The file, or the folder above it. */
    public Path at() {
        return at;
    }

    /** A sentence that names the file or the folder. */
    public String what() {
        return what;
    }

    /** A sentence, with the command to run. */
    public String advice() {
        return advice;
    }

    @Override
    public String getMessage() {
        return what + " " + advice;
    }
}
