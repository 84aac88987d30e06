package dev.portcullis.gateway.runtime.tls;

/** Encryption cannot be had as asked for. The message is for operators: what, where, why, and what to do. */
public final class TlsException extends Exception {
    private static final long serialVersionUID = 1L;

    TlsException(String what, String advice) {
        super(what + ". " + advice);
    }

    /** The message, which there always is. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
