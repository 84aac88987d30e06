package dev.portcullis.gateway.runtime.ws;

/** Close codes of RFC 6455 and of the gateway protocol. */
public final class CloseCode {
    public static final int PROTOCOL_ERROR = 1002;
    public static final int NOT_TEXT = 1003;
    public static final int NOT_UTF8 = 1007;
    public static final int REFUSED = 1008;
    public static final int FAULT = 1011;
    public static final int RESTART = 1012;

    /** Too much is under way; the same may work in a moment. */
    public static final int TRY_AGAIN_LATER = 1013;

    /** What the client authenticated with does not hold any more. */
    public static final int AUTH_CHANGED = 4001;

    private CloseCode() {}
}
