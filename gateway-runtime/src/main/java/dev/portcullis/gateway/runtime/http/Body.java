package dev.portcullis.gateway.runtime.http;

import java.util.Arrays;

/** The bytes of a body, usually where they came in. Nobody changes them. */
final class Body {
    static final Body NONE = new Body(new byte[0], 0, 0);

    private final byte[] array;
    private final int from;
    private final int length;

    Body(byte[] array, int from, int length) {
        this.array = array;
        this.from = from;
        this.length = length;
    }

    static Body of(byte[] bytes) {
        return new Body(bytes, 0, bytes.length);
    }

    byte[] array() {
        return array;
    }

    int from() {
        return from;
    }

    int length() {
        return length;
    }

    /** A copy. */
    byte[] bytes() {
        return Arrays.copyOfRange(array, from, from + length);
    }

    /** They are arguments. */
    @Override
    public String toString() {
        return length + " bytes";
    }
}
