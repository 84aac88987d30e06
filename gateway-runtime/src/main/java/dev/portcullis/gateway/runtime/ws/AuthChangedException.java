package dev.portcullis.gateway.runtime.ws;

/** What a caller authenticated with stopped to hold while its request was served. */
final class AuthChangedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AuthChangedException() {
        super("gateway auth changed", null, false, false);
    }
}
