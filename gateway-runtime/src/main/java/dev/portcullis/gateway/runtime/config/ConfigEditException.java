package dev.portcullis.gateway.runtime.config;

/** An edit that cannot be made; the message says why and holds no value. */
public final class ConfigEditException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ConfigEditException(String message) {
        super(message);
    }

    /** For the operator. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
